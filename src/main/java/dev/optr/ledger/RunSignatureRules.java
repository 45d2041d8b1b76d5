package dev.optr.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * The signatures of what run keys sign, which is nearly everything, by several workers. What has
 * one good signature by one key that counts is settled on the bytes of the line; all else is read.
 */
final class RunSignatureRules {
  private static final int ROWS_OF_A_TASK = 1024;

  private final LedgerLines lines;
  private final EntryTable table;
  private final KeyHistory keys;
  private final Map<String, SshPublicKey> rootKeys;
  private final VerifyOptions.Signatures which;

  /** What was verified before: who signed is looked at, the signatures are not computed again. */
  private final EntryGraph.Closure before;

  private final EntryGraph graph;
  private final Map<SshPublicKey, Ed25519.PreparedKey> prepared = new ConcurrentHashMap<>();

  RunSignatureRules(
      LedgerLines lines,
      EntryGraph graph,
      KeyHistory keys,
      Map<String, SshPublicKey> rootKeys,
      VerifyOptions options) {
    this.lines = lines;
    this.table = lines.table();
    this.keys = keys;
    this.rootKeys = rootKeys;
    this.which = options.signatures();
    this.before = graph.closure(options.since() == null ? Set.of() : Set.of(options.since()));
    this.graph = graph;
  }

  /** Hands over what is found in these rows, in their order. */
  void check(BitSet rows, InOrder workers, Consumer<Finding> findings) {
    Supplier<List<Finding>> none = List::of;
    workers.forEach(
        IntStream.iterate(0, from -> from < rows.length(), from -> from + ROWS_OF_A_TASK)
            .mapToObj(
                from -> rows.nextSetBit(from) < from + ROWS_OF_A_TASK ? task(rows, from) : none)
            .iterator(),
        found -> found.forEach(findings));
  }

  private Supplier<List<Finding>> task(BitSet rows, int from) {
    return () -> {
      List<Finding> findings = new ArrayList<>();
      LineWindow window = new LineWindow(lines);
      MessageDigest sha512 = SshSignature.sha512();
      IntStream.range(from, Math.min(rows.length(), from + ROWS_OF_A_TASK))
          .filter(row -> rows.get(row) && !table.type(row).isByRoot())
          .filter(row -> !isSettled(row, window, sha512))
          .forEach(row -> check(row, window.entry(row)).ifPresent(findings::add));
      return findings;
    };
  }

  private boolean isSettled(int row, LineWindow window, MessageDigest sha512) {
    int number = table.key(row);
    if (number < 0) {
      return false;
    }
    int entry = table.first(row);
    String fingerprint = table.fingerprint(number);
    Optional<SshPublicKey> key = keys.find(entry, fingerprint);
    if (key.isEmpty() || keys.isRevoked(entry, fingerprint)) {
      return false;
    }
    return !isComputed(entry) || (!graph.isHead(entry) && isGood(row, key.get(), window, sha512));
  }

  private boolean isComputed(int entry) {
    boolean wanted = which == VerifyOptions.Signatures.FULL || graph.isHead(entry);
    return wanted && !before.contains(entry);
  }

  private boolean isGood(int row, SshPublicKey key, LineWindow window, MessageDigest sha512) {
    if (!window.scan(row)) {
      return false;
    }
    ScannedLine line = window.found();
    byte[] bytes = window.bytes();
    sha512.update(bytes, line.bodyFrom, line.bodyTo - line.bodyFrom);
    byte[] signed = SshSignature.signedDigest(SshSignature.ENTRY, sha512.digest());
    int length = line.signatureTo - line.signatureFrom;
    String base64 = new String(bytes, line.signatureFrom, length, ISO_8859_1);
    Ed25519.PreparedKey point =
        prepared.computeIfAbsent(key, it -> new Ed25519.PreparedKey(it.point().toArray()));
    return EntrySignature.decode(base64).filter(raw -> point.verify(signed, raw)).isPresent();
  }

  private Optional<Finding> check(int row, Entry line) {
    int entry = table.first(row);
    Code missing = Code.E_NO_TRUSTED_SIG;
    boolean signed = false;
    for (EntrySignature signature : line.signatures()) {
      Optional<SshPublicKey> runKey = keys.find(entry, signature.key());
      Optional<SshPublicKey> key =
          runKey.or(() -> Optional.ofNullable(rootKeys.get(signature.key())));
      if (key.isEmpty()) {
        continue;
      }
      if (!isGood(entry, line, signature, key.get())) {
        return Optional.of(signature.rejected(line));
      }
      if (runKey.isEmpty()) {
        missing = Code.E_ROLE;
      } else if (keys.isRevoked(entry, signature.key())) {
        missing = Code.E_KEY_REVOKED;
      } else {
        signed = true;
      }
    }
    return signed ? Optional.empty() : Optional.of(line.finding(missing, missing.sentence()));
  }

  private boolean isGood(int entry, Entry line, EntrySignature signature, SshPublicKey key) {
    if (!isComputed(entry)) {
      return true;
    }
    return graph.isHead(entry) ? signature.isConfirmed(line, key) : signature.isGood(line, key);
  }
}
