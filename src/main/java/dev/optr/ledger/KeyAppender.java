package dev.optr.ledger;

import dev.optr.base.Bytes;
import dev.optr.base.UserException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Changes the run keys of one ledger: prepares key entries upon its heads and, once root keys have
 * signed them to the threshold, puts them into its main file. Writes no file itself.
 */
public final class KeyAppender {
  private final LedgerVerifier verifier;
  private final LedgerFiles files;
  private final VerifyOptions options;
  private final Verification before;

  /**
   * @param ledger its files, which are verified at once; see {@link #before()}
   */
  public KeyAppender(
      LedgerVerifier verifier, List<Container> ledger, Optional<String> pinnedGenesis) {
    this.verifier = verifier;
    this.files = new LedgerFiles(ledger);
    this.options =
        VerifyOptions.standard().allowingTofu().withPinnedGenesis(pinnedGenesis.orElse(null));
    this.before = verifier.verify(ledger, options);
  }

  /** What the ledger is before anything is added; where it has findings, nothing can be. */
  public Verification before() {
    return before;
  }

  /**
   * A revocation that is wished for.
   *
   * @param fingerprint of the key
   * @param after entries which, with their ancestors, it still counts for; none = all of now
   */
  public record Revoke(String fingerprint, List<String> after) {
    public Revoke {
      after = List.copyOf(after);
    }
  }

  /**
   * Prepares an entry that nobody has signed yet.
   *
   * @throws UserException where there is no signed ledger, or it cannot be changed so
   */
  public UnfinishedEntry prepare(List<SshPublicKey> add, List<Revoke> revoke, Instant now) {
    Entry genesis = genesis();
    if (add.isEmpty() && revoke.isEmpty()) {
      throw new UserException("nothing to change; write --add or --revoke");
    }
    List<Body.Revocation> revocations = revoke.stream().map(this::revocation).toList();
    Body.Common common = EntryPlace.upon(before, genesis.body().common().repo(), genesis.id(), now);
    Body.Key body = new Body.Key(common, add, revocations);
    requireSense(body);
    return UnfinishedEntry.of(body, root(genesis));
  }

  private Body.Revocation revocation(Revoke revoke) {
    List<String> after = revoke.after().isEmpty() ? before.heads() : revoke.after();
    for (String id : after) {
      if (before.entries().find(id).isEmpty()) {
        throw new UserException(
            "revoke '%s': the ledger has no entry '%s'".formatted(revoke.fingerprint(), id));
      }
    }
    return new Body.Revocation(revoke.fingerprint(), after.stream().distinct().sorted().toList());
  }

  private void requireSense(Body.Key body) {
    LedgerKeys keys = LedgerKeys.of(before);
    Set<String> named = new HashSet<>();
    for (SshPublicKey key : body.add()) {
      String fingerprint = key.fingerprint();
      if (!named.add(fingerprint)) {
        throw new UserException("add '%s': given twice".formatted(fingerprint));
      }
      keys.runKey(fingerprint).ifPresent(known -> refuse(fingerprint, known));
    }
    for (Body.Revocation revocation : body.revoke()) {
      if (!named.add(revocation.key())) {
        throw new UserException("revoke '%s': given twice".formatted(revocation.key()));
      }
      if (keys.runKey(revocation.key()).isEmpty()) {
        throw new UserException(
            "revoke '%s': the ledger has no such run key; 'optr ledger keys' lists them"
                .formatted(revocation.key()));
      }
    }
  }

  private static void refuse(String fingerprint, LedgerKeys.Known known) {
    throw new UserException(
        known.isRevoked()
            ? "add '%s': the key was revoked, and a revoked key stays revoked; make another one"
                .formatted(fingerprint)
            : "add '%s': the key is a run key already".formatted(fingerprint));
  }

  /**
   * Reads an entry that is on its way.
   *
   * @throws UserException where it is none, or one of another ledger
   */
  public UnfinishedEntry parse(Bytes file) {
    UnfinishedEntry read = UnfinishedEntry.parse(file, signedGenesis().map(KeyAppender::root));
    if (read.entry().body() instanceof Body.Key key
        && !String.valueOf(key.common().ledger()).equals(before.genesis())) {
      throw new UserException(
          "the unfinished entry is of ledger '%s', not of '%s', which is here"
              .formatted(key.common().ledger(), before.genesis()));
    }
    return read;
  }

  /**
   * Puts a finished key entry at the end of the main file. Refused where the ledger would have a
   * finding then, which is so where the revoked key has signed since the entry was prepared.
   *
   * @throws UserException where signatures are missing, or the ledger has changed so that it makes
   *     no sense any more
   */
  public AppendResult append(UnfinishedEntry finished) {
    Entry genesis = genesis();
    if (!finished.isFinished()) {
      throw new UserException(
          "%d signatures of root keys are missing; sign with 'optr ledger append-key --sign'"
              .formatted(finished.missing()));
    }
    if (!(finished.entry().body() instanceof Body.Key body)) {
      throw new UserException("that is a genesis; 'optr ledger init --sign' starts its ledger");
    }
    Entry entry = finished.entry();
    if (before.entries().find(entry.id()).isPresent()) {
      throw new UserException("the ledger has the entry '%s' already".formatted(entry.id()));
    }
    requireSense(body);
    List<Bytes> added = new ArrayList<>();
    LedgerLines lines = LedgerLines.read(files.containers(), new Findings());
    if (lines.needsGenesis(Container.MAIN, genesis)) {
      added.add(genesis.line());
    }
    added.add(entry.line());
    LedgerFiles grown = files.with(Container.MAIN, added);
    // A revocation is about entries that are there already, so all are looked at again.
    Verification after =
        verifier.verify(grown.containers(), options.checking(VerifyOptions.Signatures.LINKS));
    return after.findings().isEmpty()
        ? Receipt.of(
            grown, Container.MAIN, genesis.id(), entry.id(), added, after.heads(), after.size())
        : new AppendResult.Refused(after);
  }

  private Entry genesis() {
    if (before.genesis() == null) {
      throw new UserException("there is no ledger here; 'optr ledger init' starts one");
    }
    return signedGenesis()
        .orElseThrow(
            () ->
                new UserException(
                    "the ledger is not signed and has no keys; 'optr ledger init --signing-key'"
                        + " starts a signed one"));
  }

  private Optional<Entry> signedGenesis() {
    return Optional.ofNullable(before.genesis())
        .flatMap(id -> before.entries().find(id))
        .filter(entry -> root(entry).isSigned());
  }

  private static Body.Genesis root(Entry genesis) {
    if (genesis.body() instanceof Body.Genesis root) {
      return root;
    }
    throw new IllegalArgumentException("not a genesis: " + genesis.id());
  }
}
