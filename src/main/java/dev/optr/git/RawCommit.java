package dev.optr.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Bytes;
import dev.optr.base.ServiceException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.jspecify.annotations.Nullable;

/**
 * A commit, byte for byte (gitformat-signature: a signature covers the object without the header
 * {@code gpgsig} and the lines that continue it).
 *
 * @param parents as the object names them, also where a shallow clone lacks them
 * @param signature what {@code gpgsig} holds; null where there is none
 * @param signed what the signature covers
 */
public record RawCommit(
    String id,
    String tree,
    List<String> parents,
    String message,
    @Nullable String signature,
    Bytes signed) {
  private static final String SIGNATURE = "gpgsig ";

  public RawCommit {
    parents = List.copyOf(parents);
  }

  /** Empty where the repository has no commit of that id. */
  public static Optional<RawCommit> read(GitRepository repository, String id) {
    try (ObjectReader reader = repository.jgit().newObjectReader()) {
      if (!ObjectId.isId(id)) {
        return Optional.empty();
      }
      ObjectLoader object = reader.open(ObjectId.fromString(id));
      return object.getType() == Constants.OBJ_COMMIT
          ? Optional.of(parse(id, object.getBytes()))
          : Optional.empty();
    } catch (MissingObjectException _) {
      return Optional.empty();
    } catch (IOException e) {
      throw ServiceException.lasting("could not read commit " + id, e);
    }
  }

  private static RawCommit parse(String id, byte[] raw) {
    // One character per byte, so that nothing is lost where a commit is not UTF-8.
    String text = new String(raw, ISO_8859_1);
    int end = text.indexOf("\n\n");
    String head = end < 0 ? text : text.substring(0, end + 1);
    String body = end < 0 ? "" : text.substring(end + 1);
    List<String> kept = new ArrayList<>();
    List<String> signature = new ArrayList<>();
    boolean inSignature = false;
    for (String line : head.lines().toList()) {
      inSignature = line.startsWith(SIGNATURE) || (inSignature && line.startsWith(" "));
      if (!inSignature) {
        kept.add(line);
      } else {
        signature.add(line.substring(line.indexOf(' ') + 1));
      }
    }
    String signed = String.join("\n", kept) + "\n" + body;
    return new RawCommit(
        id,
        values(kept, "tree ").stream().findFirst().orElse(""),
        values(kept, "parent "),
        new String(body.replaceFirst("^\n", "").getBytes(ISO_8859_1), UTF_8),
        signature.isEmpty() ? null : String.join("\n", signature),
        Bytes.of(signed.getBytes(ISO_8859_1)));
  }

  private static List<String> values(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()))
        .toList();
  }
}
