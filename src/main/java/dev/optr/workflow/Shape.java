package dev.optr.workflow;

import java.util.Optional;

/** What a value may look like. */
@FunctionalInterface
interface Shape<T> {
  /** The value, or empty where it is another shape, which has then been reported. */
  Optional<T> read(Place place);
}
