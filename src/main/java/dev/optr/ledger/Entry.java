package dev.optr.ledger;

import dev.optr.base.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of the ledger, whose form and id are right.
 *
 * @param canonicalBody the bytes that id and signatures cover
 * @param line the whole line without LF
 * @param container path of the file it was read from
 * @param lineNumber 1-based
 */
public record Entry(
    String id,
    Body body,
    List<EntrySignature> signatures,
    Bytes canonicalBody,
    Bytes line,
    String container,
    int lineNumber) {
  public Entry {
    signatures = List.copyOf(signatures);
  }

  Finding finding(Code code, String message) {
    return new Finding(code, container, lineNumber, id, pullRequest(), null, message);
  }

  Finding finding(Code code, String commit, String message) {
    return new Finding(code, container, lineNumber, id, pullRequest(), commit, message);
  }

  private @Nullable Integer pullRequest() {
    PullRequestRef pr = body.pullRequest();
    return pr == null ? null : Integer.valueOf(pr.number());
  }
}
