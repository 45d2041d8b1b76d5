package dev.optr.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.jspecify.annotations.Nullable;

/**
 * One changed file in replayable form: applied to the frozen tree, a list of these gives the
 * candidate's tree.
 *
 * @param path where the file lies afterwards, from the repository's root, or the file that is
 *     deleted
 * @param from the path that it was renamed from, and which is gone afterwards; null where it was
 *     not renamed
 * @param mode {@code 100644} or {@code 100755}; null = deleted
 * @param blob git's id of the content; null = deleted
 * @param encoding {@code utf-8} or {@code base64}: how {@code content} carries the bytes; null =
 *     deleted
 * @param content the whole file; null = deleted
 */
public record Change(
    String path,
    @Nullable String from,
    @Nullable String mode,
    @Nullable String blob,
    @Nullable String encoding,
    @Nullable String content) {
  /** Every path and text that it holds, as it is stored. */
  public Stream<String> texts() {
    return Stream.of(path, from, content).filter(Objects::nonNull);
  }

  /** What base64 hides from a search for text, a character per byte; empty where it hides none. */
  public String decoded() {
    return content != null && "base64".equals(encoding)
        ? new String(Base64.getDecoder().decode(content), ISO_8859_1)
        : "";
  }

  /**
   * The whole file.
   *
   * @throws java.util.NoSuchElementException where it is deleted
   */
  public Bytes bytes() {
    String whole = Optional.ofNullable(content).orElseThrow();
    return "base64".equals(encoding)
        ? Bytes.of(Base64.getDecoder().decode(whole))
        : Bytes.utf8(whole);
  }

  static Change deleted(String path) {
    return new Change(path, null, null, null, null, null);
  }

  /**
   * @param mode of a regular file, executable or not
   */
  static Change written(
      String path, @Nullable String from, FileMode mode, ObjectId blob, byte[] content) {
    Optional<String> text = text(content);
    return new Change(
        path,
        from,
        CommitReader.modeText(mode.getBits()),
        blob.name(),
        text.isPresent() ? "utf-8" : "base64",
        text.orElseGet(() -> Base64.getEncoder().encodeToString(content)));
  }

  /** The bytes as text, where that loses nothing. */
  private static Optional<String> text(byte[] bytes) {
    try {
      return Optional.of(UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }
}
