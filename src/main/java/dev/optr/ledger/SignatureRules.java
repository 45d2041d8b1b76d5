package dev.optr.ledger;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who signed what. Unknown keys and algorithms are ignored; a bad signature by a known key rejects
 * the line, whatever else it carries; enough good ones by keys of the right role are needed.
 */
final class SignatureRules {
  private final LedgerLines lines;
  private final EntryTable table;
  private final EntryGraph graph;
  private final Body.Genesis root;
  private final Map<String, SshPublicKey> rootKeys = new HashMap<>();
  private final Findings findings;

  SignatureRules(LedgerLines lines, EntryGraph graph, Body.Genesis root, Findings findings) {
    this.lines = lines;
    this.table = lines.table();
    this.graph = graph;
    this.root = root;
    root.rootKeys().forEach(key -> rootKeys.put(key.fingerprint(), key));
    this.findings = findings;
  }

  /**
   * Checks every line: one entry may stand in two containers with different signatures.
   *
   * @param own rows of the lines
   */
  void check(BitSet own, VerifyOptions options, InOrder workers) {
    if (!root.isSigned()) {
      own.stream()
          .filter(row -> table.type(row) == EntryType.KEY || table.key(row) != Rows.UNSIGNED)
          .forEach(row -> checkUnsigned(lines.entry(row)));
      return;
    }
    // Root keys never change in format 1, so what they signed can be judged before the run keys.
    Set<String> trusted = new HashSet<>();
    own.stream()
        .filter(row -> table.type(row).isByRoot())
        .mapToObj(lines::entry)
        .filter(this::checkByRoot)
        .forEach(entry -> trusted.add(entry.id()));
    KeyHistory keys = KeyHistory.of(lines, graph, trusted);
    new RunSignatureRules(lines, graph, keys, rootKeys, options).check(own, workers, findings::add);
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
      if (!signature.isConfirmed(line, key.get())) {
        findings.add(signature.rejected(line));
        return false;
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
}
