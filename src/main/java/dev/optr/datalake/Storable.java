package dev.optr.datalake;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Redactor;
import dev.optr.git.Change;
import dev.optr.git.Edit;
import java.util.List;
import java.util.Optional;

/** Decides whether a proposal may be written into the datalake, before and after it is applied. */
record Storable(Redactor redactor) {
  private static final long LARGEST_BYTES = 4L << 20;

  Optional<Withheld> refuseEdits(List<Edit> edits) {
    return refuse(edits.stream().flatMap(Edit::texts).toList());
  }

  Optional<Withheld> refuseChanges(List<Change> changes) {
    Optional<Withheld> asStored = refuse(changes.stream().flatMap(Change::texts).toList());
    return asStored.or(
        () ->
            changes.stream().map(Change::decoded).anyMatch(redactor::finds)
                ? Optional.of(Withheld.OWN_CREDENTIAL)
                : Optional.empty());
  }

  private Optional<Withheld> refuse(List<String> texts) {
    if (texts.stream().anyMatch(redactor::finds)) {
      return Optional.of(Withheld.OWN_CREDENTIAL);
    }
    long bytes = texts.stream().mapToLong(text -> text.getBytes(UTF_8).length).sum();
    return bytes > LARGEST_BYTES ? Optional.of(Withheld.PROPOSAL_SIZE) : Optional.empty();
  }
}
