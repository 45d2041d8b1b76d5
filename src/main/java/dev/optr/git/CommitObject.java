package dev.optr.git;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.optr.base.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header of a commit object (git's commit format): who wrote and who committed it, and the
 * signature with the bytes that it covers. Hostile headers are read as they stand.
 */
public final class CommitObject {
  private static final String SIGNATURE = "gpgsig ";
  private static final String GITHUB = "<noreply@github.com>";
  private static final Pattern IDENTITY = Pattern.compile("(.*<[^<>]*>) (\\d{1,18}) [-+]\\d{4}");

  private final String content;
  private final List<String> header;

  private CommitObject(String content, List<String> header) {
    this.content = content;
    this.header = header;
  }

  /** Takes the object's bytes as git stores them. */
  static CommitObject of(byte[] raw) {
    String content = new String(raw, ISO_8859_1);
    int end = content.indexOf("\n\n");
    String header = end < 0 ? content : content.substring(0, end + 1);
    List<String> lines = new ArrayList<>();
    for (String line : header.split("\n", -1)) {
      // A line that begins with a space goes on with the one before.
      if (line.startsWith(" ") && !lines.isEmpty()) {
        lines.add(lines.removeLast() + "\n" + line);
      } else {
        lines.add(line);
      }
    }
    return new CommitObject(content, List.copyOf(lines));
  }

  /**
   * Whether git made it out of another commit, as rebase, cherry-pick and amend do: it was
   * committed by another person, or at another time, than it was written. GitHub, which commits
   * what others write there, is no other person.
   */
  public boolean isCopied() {
    Matcher author = IDENTITY.matcher(field("author ").orElse(""));
    Matcher committer = IDENTITY.matcher(field("committer ").orElse(""));
    if (!author.matches() || !committer.matches()) {
      return false;
    }
    boolean sameTime = author.group(2).equals(committer.group(2));
    boolean samePerson =
        author.group(1).equals(committer.group(1)) || committer.group(1).endsWith(GITHUB);
    return !sameTime || !samePerson;
  }

  /** The armoured signature, OpenPGP or SSH, where it carries one. */
  public Optional<String> signature() {
    return field(SIGNATURE).map(text -> text.replace("\n ", "\n"));
  }

  /** The object without its signature, which is what was signed. */
  public Bytes signedContent() {
    String unsigned = content;
    for (String line : header) {
      if (line.startsWith(SIGNATURE)) {
        int at = unsigned.indexOf(line + "\n");
        unsigned = unsigned.substring(0, at) + unsigned.substring(at + line.length() + 1);
      }
    }
    return Bytes.of(unsigned.getBytes(ISO_8859_1));
  }

  private Optional<String> field(String name) {
    return header.stream()
        .filter(line -> line.startsWith(name))
        .findFirst()
        .map(line -> line.substring(name.length()));
  }
}
