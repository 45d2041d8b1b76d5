package dev.optr.ledger;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Who signed the commits of the anchor log. A writer first catches up on anchors that the log
 * lacks, perhaps with a key that is younger than their entries; so the key that rightly signed one
 * commit may have signed those right before it as well, which its signature covers anyway.
 */
final class LogSignatures {
  private LogSignatures() {}

  /** Reports E_ANCHOR_SIG. */
  static List<Finding> check(AnchorLog log, LoggedEntries entries) {
    List<Finding> findings = new ArrayList<>();
    Optional<SshPublicKey> vouching = Optional.empty();
    for (AnchorLog.Step step : log.steps().reversed()) {
      Optional<SshPublicKey> key = key(step.commit(), log.tip());
      Optional<LoggedEntries.Found> entry = entries.find(step.entry().anchor());
      boolean right =
          key.isPresent()
              && (key.equals(vouching)
                  || entry.filter(found -> found.isSignedRightlyBy(key.get())).isPresent());
      // Of an entry that is not intact, or of another ledger, nobody can say whose turn it was.
      if (!right && entry.isPresent()) {
        findings.add(
            step.finding(Code.E_ANCHOR_SIG, step.commit().id(), problem(step.commit(), key)));
      }
      vouching = right ? key : Optional.empty();
    }
    return findings;
  }

  /** The key that made a good signature; of the tip two implementations say so. */
  private static Optional<SshPublicKey> key(LogCommit commit, Optional<String> tip) {
    boolean twice = tip.equals(Optional.of(commit.id()));
    return Optional.ofNullable(commit.signature())
        .flatMap(SshSignature::parse)
        .filter(signature -> signature.namespace().equals(SshSignature.GIT))
        .filter(
            signature ->
                twice
                    ? signature.isGood(commit.signed().toArray())
                    : signature.verifies(commit.signed().toArray()))
        .map(SshSignature::key);
  }

  private static String problem(LogCommit commit, Optional<SshPublicKey> key) {
    if (commit.signature() == null) {
      return "it is not signed";
    }
    return key.map(
            one -> "the key '" + one.fingerprint() + "' is no run key that counts for the entry")
        .orElse("its signature is not good");
  }
}
