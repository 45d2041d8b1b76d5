package dev.optr.ledger;

import dev.optr.base.Bytes;
import dev.optr.base.UserException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A genesis or key entry on its way from one holder of a root key to the next. It never stands in a
 * container before the threshold is met.
 */
public final class UnfinishedEntry {
  private static final String FILE = "the unfinished entry";

  private final Entry entry;
  private final Body.Genesis root;

  private UnfinishedEntry(Entry entry, Body.Genesis root) {
    this.entry = entry;
    this.root = root;
  }

  /**
   * A new genesis that nobody has signed yet.
   *
   * @throws UserException where keys and threshold do not go together
   */
  public static UnfinishedEntry genesis(
      RepositoryId repo,
      @Nullable String repoCreatedAt,
      List<SshPublicKey> rootKeys,
      int threshold,
      List<SshPublicKey> signers) {
    if (threshold < 1 || threshold > rootKeys.size()) {
      throw new UserException(
          "threshold %d: there are %d root keys; write 1 to %d"
              .formatted(threshold, rootKeys.size(), rootKeys.size()));
    }
    requireDistinct("root key", rootKeys);
    requireDistinct("signer", signers);
    return of(GenesisWriter.body(repo, repoCreatedAt, rootKeys, threshold, signers));
  }

  private static void requireDistinct(String what, List<SshPublicKey> keys) {
    for (int i = 0; i < keys.size(); i++) {
      if (keys.subList(0, i).contains(keys.get(i))) {
        throw new UserException(
            "%s '%s' is given twice".formatted(what, keys.get(i).fingerprint()));
      }
    }
  }

  static UnfinishedEntry of(Body.Genesis genesis) {
    return new UnfinishedEntry(unsigned(genesis), genesis);
  }

  static UnfinishedEntry of(Body.Key key, Body.Genesis root) {
    return new UnfinishedEntry(unsigned(key), root);
  }

  private static Entry unsigned(Body body) {
    return new LineWriter(Optional.empty()).write(body, FILE, 1);
  }

  /**
   * Reads one back, with or without the LF at its end.
   *
   * @param ledgerGenesis body of the genesis whose root keys sign key entries, where it is known
   * @throws UserException where it is none, or carries a signature that is not good
   */
  static UnfinishedEntry parse(Bytes file, Optional<Body.Genesis> ledgerGenesis) {
    List<Bytes> lines = LedgerLines.linesOf(file);
    if (lines.size() != 1) {
      throw new UserException(
          FILE + " has " + lines.size() + " lines instead of one; take the file as it was made");
    }
    Entry entry =
        switch (new LineReader().read(FILE, 1, lines.getFirst().toArray())) {
          case LineReader.Line.Intact(Entry intact) -> intact;
          case LineReader.Line.Damaged(_, List<LineReader.Problem> problems) ->
              throw new UserException(FILE + " is damaged: " + problems.getFirst().message());
        };
    UnfinishedEntry read =
        switch (entry.body()) {
          case Body.Genesis genesis -> new UnfinishedEntry(entry, genesis);
          case Body.Key _ ->
              new UnfinishedEntry(
                  entry,
                  ledgerGenesis.orElseThrow(
                      () ->
                          new UserException(
                              FILE + " changes keys, but there is no signed ledger here")));
          case Body.Run _, Body.Execution _, Body.Outcome _ ->
              throw new UserException(FILE + " is no genesis and no change of keys");
        };
    read.requireGoodSignatures();
    return read;
  }

  private void requireGoodSignatures() {
    for (EntrySignature signature : entry.signatures()) {
      SshPublicKey key =
          rootKey(signature.key())
              .orElseThrow(
                  () ->
                      new UserException(
                          "%s is signed by '%s', which is no root key"
                              .formatted(FILE, signature.key())));
      if (!isGood(signature, key)) {
        throw new UserException(
            "%s carries a signature by '%s' that is not good; take the file as it was before"
                .formatted(FILE, signature.key()));
      }
    }
  }

  private boolean isGood(EntrySignature signature, SshPublicKey key) {
    try {
      Bytes raw = Bytes.of(Base64.getDecoder().decode(signature.signature()));
      SshSignature read = new SshSignature(key, SshSignature.ENTRY, raw);
      return read.base64().equals(signature.signature())
          && read.isGood(entry.canonicalBody().toArray());
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
  }

  private Optional<SshPublicKey> rootKey(String fingerprint) {
    return root.rootKeys().stream()
        .filter(key -> key.fingerprint().equals(fingerprint))
        .findFirst();
  }

  /**
   * This one with the signature of one more holder.
   *
   * @throws UserException where the key is no root key, or has signed already
   */
  public UnfinishedEntry signedBy(Signer signer) {
    String fingerprint = signer.publicKey().fingerprint();
    if (rootKey(fingerprint).isEmpty()) {
      throw new UserException(
          "signing-key: '%s' is no root key of this ledger; sign with one of %s"
              .formatted(
                  fingerprint,
                  String.join(
                      ", ", root.rootKeys().stream().map(SshPublicKey::fingerprint).toList())));
    }
    if (signedBy().contains(fingerprint)) {
      throw new UserException(
          "signing-key: '%s' has signed already; the next signature must be another holder's"
              .formatted(fingerprint));
    }
    return new UnfinishedEntry(LineWriter.signed(entry, signer), root);
  }

  /** Fingerprints of the root keys that have signed. */
  public List<String> signedBy() {
    return entry.signatures().stream().map(EntrySignature::key).distinct().toList();
  }

  /** How many signatures are still missing. */
  public int missing() {
    return Math.max(0, root.threshold() - signedBy().size());
  }

  public boolean isFinished() {
    return missing() == 0;
  }

  /** What is signed. */
  public Entry entry() {
    return entry;
  }

  /** The file that goes to the next holder: the line as a container would have it, with its LF. */
  public Bytes file() {
    return Bytes.utf8(entry.line().utf8() + "\n");
  }
}
