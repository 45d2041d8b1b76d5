package dev.optr.evidence;

import java.util.List;
import java.util.Optional;

/**
 * A check with the reasons that it gives against a path.
 *
 * @param whyNot empty where the check held, or did not run
 */
record Finding(Check check, List<WhyNot> whyNot) {
  Finding {
    whyNot = List.copyOf(whyNot);
  }

  static Finding held(String id, long durationMs) {
    return new Finding(
        new Check(id, Check.Result.HELD, List.of(), durationMs, null, null, false), List.of());
  }

  /** Not looked at, since another check already decided. */
  static Finding notRun(String id, String because) {
    return new Finding(
        new Check(id, Check.Result.NOT_RUN, List.of(because), 0, null, null, false), List.of());
  }

  /** Could not be found out without running anything. */
  static Finding unknown(String id, String because) {
    Check check = new Check(id, Check.Result.UNKNOWN, List.of(because), 0, null, null, false);
    return new Finding(
        check, List.of(new WhyNot(WhyNot.Code.MISSING_CANON_PREREQS, id, because, "")));
  }

  /** Broken by what was proposed; every reason becomes a sentence of the check. */
  static Finding broken(String id, List<WhyNot> whyNot, long durationMs) {
    List<String> because = whyNot.stream().map(WhyNot::message).toList();
    return new Finding(
        new Check(id, Check.Result.BROKEN, because, durationMs, null, null, false), whyNot);
  }

  /**
   * What an invariant or a constraint came to: where it decides and does not hold, one reason with
   * all that the check says.
   *
   * @param name as people are told of it
   */
  static Finding of(Check check, String name, String evidence) {
    Optional<WhyNot.Code> code =
        switch (check.result()) {
          case HELD, NOT_RUN -> Optional.empty();
          case BROKEN -> Optional.of(WhyNot.Code.INVARIANT_VIOLATION);
          case UNKNOWN -> Optional.of(WhyNot.Code.MISSING_CANON_PREREQS);
        };
    String message = name + ": " + String.join("; ", check.because());
    return new Finding(
        check,
        code
            .filter(_ -> check.decides())
            .map(given -> new WhyNot(given, check.id(), message, evidence))
            .stream()
            .toList());
  }
}
