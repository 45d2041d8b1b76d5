package dev.optr.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Digest;
import dev.optr.base.Secret;
import dev.optr.ledger.Ed25519Signer;
import dev.optr.ledger.SshSignature;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/** Writes a signed ledger of any length: a genesis, and run entries each upon the one before. */
public final class LedgerSample {
  private static final String TAG = "optr-ledger-entry@v1";
  private static final int BATCH = 10_000;
  private static final String REPOSITORY =
      "\"repo\":{\"host\":\"github.com\",\"id\":123456789,\"name\":\"octo/datalake\"}";

  private final Ed25519Signer signer = Ed25519Signer.of(key());
  private final String fingerprint = signer.publicKey().fingerprint();
  private final String genesisBody =
      "{\"height\":0,\"parents\":[],"
          + REPOSITORY
          + ",\"root\":{\"keys\":[\"%1$s\"],\"threshold\":1},\"signers\":[\"%1$s\"],"
              .formatted(signer.publicKey().line())
          + "\"ts\":\"2026-01-01T00:00:00Z\",\"type\":\"genesis\",\"v\":1}";
  private final String genesis = id(genesisBody);

  /** RFC 8410, section 7: a fixed seed as PKCS#8 PEM. */
  private static Secret key() {
    byte[] der = HexFormat.of().parseHex("302e020100300506032b657004220420" + "42".repeat(32));
    return Secret.of(
        "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getEncoder().encodeToString(der)
            + "\n-----END PRIVATE KEY-----\n");
  }

  /** Who signed the lines. */
  Ed25519Signer signer() {
    return signer;
  }

  /** Id of the genesis, which is the same for every length. */
  public String genesis() {
    return genesis;
  }

  /**
   * Writes a ledger of so many entries.
   *
   * @return ids of the last two of them
   */
  public List<String> write(Path file, int entries) throws IOException {
    List<String> last = new ArrayList<>(List.of(genesis));
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      out.write(line(genesisBody).getBytes(UTF_8));
      for (int from = 1; from < entries; from += BATCH) {
        List<String> bodies = new ArrayList<>();
        for (int height = from; height < Math.min(entries, from + BATCH); height++) {
          bodies.add(body(height, last.getLast()));
          last.add(id(bodies.getLast()));
        }
        last.subList(0, last.size() - Math.min(2, last.size())).clear();
        // The ids are a chain; the signatures are not.
        List<String> lines =
            IntStream.range(0, bodies.size())
                .parallel()
                .mapToObj(i -> line(bodies.get(i)))
                .toList();
        for (String line : lines) {
          out.write(line.getBytes(UTF_8));
        }
      }
    }
    return List.copyOf(last);
  }

  private String body(int height, String parent) {
    String digest = Digest.sha256(("entry " + height).getBytes(UTF_8));
    String tree = digest.substring(0, 40);
    return "{\"decision\":{\"input\":\""
        + digest
        + "\",\"lanes\":[{\"agent\":\"claude\",\"outcome\":\"proposed\",\"tree\":\""
        + tree
        + "\"}],\"outcome\":\"selected\",\"policy\":\""
        + genesis
        + "\",\"selected\":\"claude\",\"selector\":\"select_optr\",\"tree\":\""
        + tree
        + "\"},\"height\":"
        + height
        + ",\"inputs\":[],\"ledger\":\""
        + genesis
        + "\",\"outputs\":[],\"parents\":[\""
        + parent
        + "\"],\"pr\":{\"base\":\""
        + tree
        + "\",\"base_ref\":\"main\",\"head\":\""
        + tree
        + "\",\"number\":"
        + height
        + "},"
        + REPOSITORY
        + ",\"run\":{\"actor\":\"octo-user\",\"attempt\":1,\"event\":\"pull_request\",\"id\":"
        + (9_000_000_000L + height)
        + ",\"workflow\":\".github/workflows/optr.yml\"},\"tool\":{\"name\":\"optr\",\"version\":\"0.1.0\"},\"ts\":\""
        + time(height)
        + "\",\"type\":\"run\",\"v\":1}";
  }

  /** One each minute of a year, and the last minute for what comes after it. */
  private static String time(int height) {
    return java.time.Instant.parse("2026-01-01T00:00:00Z").plusSeconds(60L * height).toString();
  }

  private static String id(String body) {
    return Digest.tagged(TAG, body.getBytes(UTF_8));
  }

  private String line(String body) {
    byte[] raw = signer.sign(body.getBytes(UTF_8), SshSignature.ENTRY).raw().toArray();
    return "{\"body\":%s,\"id\":\"%s\",\"sigs\":[{\"alg\":\"ssh-ed25519\",\"key\":\"%s\",\"sig\":\"%s\"}]}\n"
        .formatted(body, id(body), fingerprint, Base64.getEncoder().encodeToString(raw));
  }
}
