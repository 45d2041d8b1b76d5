package dev.optr.datalake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Redactor;
import dev.optr.git.Change;
import dev.optr.git.Edit;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Decides whether a proposal may be written into the datalake, before and after it is applied. */
record Storable(Redactor redactor) {
  private static final long LARGEST_BYTES = 4L << 20;

  Optional<Withheld> refuseEdits(List<Edit> edits) {
    return refuse(edits.stream().flatMap(Storable::texts).toList());
  }

  Optional<Withheld> refuseChanges(List<Change> changes) {
    Optional<Withheld> asStored = refuse(changes.stream().flatMap(Storable::stored).toList());
    return asStored.or(
        () ->
            changes.stream().map(Storable::decoded).anyMatch(redactor::finds)
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

  private static Stream<String> texts(Edit edit) {
    return switch (edit) {
      case Edit.Create(String path, String content, boolean _) -> Stream.of(path, content);
      case Edit.Replace(String path, String search, String replace) ->
          Stream.of(path, search, replace);
      case Edit.Rewrite(String path, String content, Boolean _) -> Stream.of(path, content);
      case Edit.Delete(String path) -> Stream.of(path);
      case Edit.Rename(String path, String to) -> Stream.of(path, to);
    };
  }

  private static Stream<String> stored(Change change) {
    return Stream.of(change.path(), change.from(), change.content()).filter(Objects::nonNull);
  }

  /** What base64 hides from a search for text. */
  private static String decoded(Change change) {
    @Nullable String content = change.content();
    return content != null && "base64".equals(change.encoding())
        ? new String(Base64.getDecoder().decode(content), ISO_8859_1)
        : "";
  }
}
