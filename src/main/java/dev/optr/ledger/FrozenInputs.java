package dev.optr.ledger;

import java.util.List;
import java.util.Optional;

/** The recorded inputs of a run, as the frozen commit and the anchor have them. */
final class FrozenInputs {
  private final AnchorSource source;

  FrozenInputs(AnchorSource source) {
    this.source = source;
  }

  /** At the frozen commit of a pull request, as far as the clone has it. */
  List<Finding> check(Entry entry, Body.Run run) {
    return run.pr() == null || run.inputs().isEmpty() || !source.has(run.pr().head())
        ? List.of()
        : check(entry, run, run.pr().head());
  }

  /** At any commit. */
  List<Finding> check(Entry entry, Body.Run run, String commit) {
    return run.inputs().stream().flatMap(input -> check(entry, input, commit).stream()).toList();
  }

  private Optional<Finding> check(Entry entry, RecordedFile input, String commit) {
    Optional<FileFacts> file = source.file(commit, input.path());
    return input.isContentOf(file)
        ? Optional.empty()
        : Optional.of(
            entry.finding(
                Code.E_INPUT,
                commit,
                "'" + input.path() + "' is " + (file.isEmpty() ? "absent" : "another")));
  }
}
