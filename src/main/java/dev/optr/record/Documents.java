package dev.optr.record;

import dev.optr.ledger.Decision;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a run writes down.
 *
 * @param outputs everything under {@code datalake/workflows/{directory}/}, sorted by path: the
 *     {@code outputs} of the ledger entry
 * @param attributes {@code datalake/.gitattributes}, the same bytes in every run; written where
 *     absent, and no output of the run
 * @param decision what the ledger entry says of the run
 */
public record Documents(List<Document> outputs, Document attributes, Decision decision) {
  public Documents {
    outputs = List.copyOf(outputs);
  }

  /** The attributes, then the outputs. */
  public List<Document> all() {
    return Stream.concat(Stream.of(attributes), outputs.stream()).toList();
  }
}
