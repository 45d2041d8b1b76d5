package dev.optr.ledger;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the message of a commit of ours says that it is about; a hint, never a proof. */
public final class AnchorMessage {
  private static final Pattern LOG = Pattern.compile("optr anchor log\\n.*", Pattern.DOTALL);
  private static final Pattern ANCHOR = Pattern.compile("(?m)^anchor: ([0-9a-f]{40,64})$");

  private AnchorMessage() {}

  /** The anchor that a commit of the anchor log names, else the commit itself. */
  public static String anchor(String commit, String message) {
    Matcher anchor = ANCHOR.matcher(message);
    return LOG.matcher(message).matches() && anchor.find() ? anchor.group(1) : commit;
  }

  /** Ids of the entries that an anchor names. */
  public static Set<String> entries(String message) {
    return Trailers.named(message);
  }

  /** Id of the entry that the commit says it is the anchor of. */
  public static Optional<String> entry(String message) {
    return Trailers.parse(message).map(Trailers::entry);
  }

  /** Root over the lines of the ledger file that it says it wrote. */
  public static Optional<String> root(String message) {
    return Trailers.parse(message).map(Trailers::root);
  }
}
