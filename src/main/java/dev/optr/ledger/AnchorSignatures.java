package dev.optr.ledger;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * SSH signatures of commits of ours: made for git by a run key that counted for the entry. Commits
 * without one, and those that GitHub signed, are not judged here; neither are those of a ledger
 * that has no keys.
 */
final class AnchorSignatures {
  private final Verification verification;
  private @Nullable RunKeys keys;

  AnchorSignatures(Verification verification) {
    this.verification = verification;
  }

  List<Finding> check(Entry entry, CommitFacts commit) {
    CommitFacts.Signed signed = commit.signature();
    if (signed == null || !signed.isSsh() || !keys().isSigned()) {
      return List.of();
    }
    return problem(entry, signed)
        .map(problem -> entry.finding(Code.E_ANCHOR_SIG, commit.id(), problem))
        .stream()
        .toList();
  }

  private Optional<String> problem(Entry entry, CommitFacts.Signed signed) {
    Optional<SshSignature> signature = SshSignature.parse(signed.armoured());
    if (signature.isEmpty()) {
      return Optional.of("the commit's signature is none made with an Ed25519 key");
    }
    String key = signature.get().key().fingerprint();
    if (!signature.get().namespace().equals(SshSignature.GIT)) {
      return Optional.of("the commit's signature by '" + key + "' was not made for git");
    }
    if (!signature.get().isGood(signed.content().toArray())) {
      return Optional.of("the commit's signature by '" + key + "' is not good");
    }
    return keys().counts(entry, signature.get().key())
        ? Optional.empty()
        : Optional.of("the commit is signed by '" + key + "', no run key that counts here");
  }

  /** Made only where there is a signature to check. */
  private RunKeys keys() {
    RunKeys known = keys;
    if (known == null) {
      known = verification.entries().runKeys();
      keys = known;
    }
    return known;
  }
}
