package dev.optr.ledger;

import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who signed what. Unknown keys and algorithms are ignored; a bad signature by a known key rejects
 * the line, whatever else it carries; enough good ones by keys of the right role are needed.
 */
final class SignatureRules {
  private final Entry genesis;
  private final Body.Genesis root;
  private final Map<String, SshPublicKey> rootKeys = new HashMap<>();
  private final EntryGraph graph;
  private final Set<String> heads;
  private final VerifyOptions.Signatures which;
  private final EntryGraph.Closure verifiedBefore;
  private final Findings findings;

  SignatureRules(
      Entry genesis,
      Body.Genesis root,
      EntryGraph graph,
      VerifyOptions options,
      Findings findings) {
    this.genesis = genesis;
    this.root = root;
    root.rootKeys().forEach(key -> rootKeys.put(key.fingerprint(), key));
    this.graph = graph;
    this.heads = Set.copyOf(graph.heads());
    this.which = options.signatures();
    this.verifiedBefore = graph.closure(options.since() == null ? Set.of() : Set.of(options.since()));
    this.findings = findings;
  }

  /** Checks every line: one entry may stand in two containers with different signatures. */
  void check(List<Entry> lines) {
    if (!root.isSigned()) {
      lines.forEach(this::checkUnsigned);
      return;
    }
    // Root keys never change in format 1, so what they signed can be judged before the run keys.
    Set<String> trusted = new HashSet<>();
    for (Entry line : lines) {
      if (isByRoot(line) && checkByRoot(line)) {
        trusted.add(line.id());
      }
    }
    KeyHistory keys = KeyHistory.of(graph, trusted);
    for (Entry line : lines) {
      if (!isByRoot(line) && !verifiedBefore.contains(line.id())) {
        checkByRunKey(line, keys);
      }
    }
  }

  private static boolean isByRoot(Entry line) {
    return line.body() instanceof Body.Genesis || line.body() instanceof Body.Key;
  }

  private void checkUnsigned(Entry line) {
    if (line.body() instanceof Body.Key) {
      findings.add(line.finding(Code.E_ROLE, "an unsigned ledger has no keys to change"));
    }
    if (!line.signatures().isEmpty()) {
      findings.add(line.finding(Code.E_PROFILE, "an unsigned ledger has no signatures"));
    }
  }

  private boolean checkByRoot(Entry line) {
    Set<String> good = new HashSet<>();
    boolean otherRole = false;
    for (EntrySignature signature : line.signatures()) {
      SshPublicKey rootKey = rootKeys.get(signature.key());
      Optional<SshPublicKey> key = Optional.ofNullable(rootKey).or(() -> signer(signature));
      if (key.isEmpty()) {
        continue;
      }
      if (!isGood(line, signature, key.get())) {
        return reject(line, Code.E_SIG, signature);
      }
      if (rootKey == null) {
        otherRole = true;
      } else {
        good.add(signature.key());
      }
    }
    if (good.size() >= root.threshold()) {
      return true;
    }
    findings.add(
        line.finding(
            otherRole ? Code.E_ROLE : Code.E_NO_TRUSTED_SIG,
            "signed by " + good.size() + " root keys, not by " + root.threshold()));
    return false;
  }

  private Optional<SshPublicKey> signer(EntrySignature signature) {
    return root.signers().stream()
        .filter(key -> key.fingerprint().equals(signature.key()))
        .findFirst();
  }

  private void checkByRunKey(Entry line, KeyHistory keys) {
    Code missing = Code.E_NO_TRUSTED_SIG;
    boolean signed = false;
    for (EntrySignature signature : line.signatures()) {
      Optional<SshPublicKey> runKey = keys.find(line, signature.key());
      Optional<SshPublicKey> key =
          runKey.or(() -> Optional.ofNullable(rootKeys.get(signature.key())));
      if (key.isEmpty()) {
        continue;
      }
      if (!isGood(line, signature, key.get())) {
        reject(line, Code.E_SIG, signature);
        return;
      }
      if (runKey.isEmpty()) {
        missing = Code.E_ROLE;
      } else if (keys.isRevoked(line, signature.key())) {
        missing = Code.E_KEY_REVOKED;
      } else {
        signed = true;
      }
    }
    if (!signed) {
      findings.add(line.finding(missing, missing.sentence()));
    }
  }

  private boolean reject(Entry line, Code code, EntrySignature signature) {
    findings.add(line.finding(code, "the signature by '" + signature.key() + "' is not good"));
    return false;
  }

  private boolean isGood(Entry line, EntrySignature signature, SshPublicKey key) {
    boolean counts = isByRoot(line) || heads.contains(line.id()) || line.id().equals(genesis.id());
    if (!counts && which == VerifyOptions.Signatures.LINKS) {
      return true;
    }
    byte[] signed = SshSignature.signedBytes(SshSignature.ENTRY, line.canonicalBody().toArray());
    byte[] point = key.point().toArray();
    return decode(signature)
        .filter(raw -> Ed25519.verify(point, signed, raw))
        .filter(raw -> !counts || Ed25519.confirm(point, signed, raw))
        .isPresent();
  }

  /** The 64 bytes; empty where the text is not the one way to write them. */
  private static Optional<byte[]> decode(EntrySignature signature) {
    try {
      byte[] raw = Base64.getDecoder().decode(signature.signature());
      boolean canonical = Base64.getEncoder().encodeToString(raw).equals(signature.signature());
      return canonical && raw.length == Ed25519.SIGNATURE_SIZE
          ? Optional.of(raw)
          : Optional.empty();
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }
}
