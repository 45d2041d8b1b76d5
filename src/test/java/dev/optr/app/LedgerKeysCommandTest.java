package dev.optr.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.optr.testing.RealGit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code optr ledger append-key} and {@code optr ledger keys}. */
final class LedgerKeysCommandTest {
  private static final Path GOLDEN = Path.of("src", "test", "resources", "optr-golden");

  @TempDir private Path directory;

  @Test
  void addsAKeyAndRevokesOne() {
    try (LedgerSite site = signed()) {
      site.key("ci", 8);
      Invocation added =
          site.ledger("append-key", "--add", site.publicKey("ci"), "--signing-key", "key");
      assertThat(added.exit()).as(added.err()).isZero();
      assertThat(added.out()).contains("add      " + site.fingerprint("ci"), "commit ");

      Invocation revoked =
          site.ledger("append-key", "--revoke", site.fingerprint("key"), "--signing-key", "key");
      assertThat(revoked.exit()).as(revoked.err()).isZero();
      List<String> keys = site.ledger("keys").out().lines().toList();
      assertThat(keys).hasSize(3);
      assertThat(keys.get(0)).startsWith("root").endsWith("active");
      assertThat(keys.get(1)).startsWith("run").contains(site.fingerprint("key"), "revoked by ");
      assertThat(keys.get(2)).startsWith("run").contains(site.fingerprint("ci")).endsWith("active");
      assertThat(site.verify("--allow-tofu").exit()).isZero();
      assertThat(site.repository().uncommitted()).isEmpty();
      assertThat(site.main().lines()).hasSize(3);
    }
  }

  @Test
  void revokesFromAnEntryOn() {
    try (LedgerSite site = signed()) {
      site.key("ci", 8);
      String genesis = String.valueOf(site.verify("--allow-tofu").document().text("genesis"));
      Invocation revoked =
          site.ledger(
              "append-key",
              "--add",
              site.publicKey("ci"),
              "--revoke",
              site.fingerprint("key") + "@" + genesis,
              "--signing-key",
              "key");
      assertThat(revoked.exit()).as(revoked.err()).isZero();
      assertThat(site.main()).contains("\"after\":[\"" + genesis + "\"]");
    }
  }

  @Test
  void refusesWhatCannotBe() {
    try (LedgerSite site = signed()) {
      site.key("ci", 8);
      site.key("evil", 6);
      String ci = site.publicKey("ci");
      assertRefused(site.ledger("append-key", "--add", ci), "--signing-key");
      assertRefused(site.ledger("append-key", "--add", ci, "--signing-key", "evil"), "no root key");
      assertRefused(site.ledger("append-key", "--signing-key", "key"), "nothing to change");
      assertRefused(
          site.ledger("append-key", "--revoke", "SHA256:none", "--signing-key", "key"),
          "no such run key");
      assertRefused(
          site.ledger("append-key", "--add", "ci.pub", "--signing-key", "key"), "no such file");
      assertRefused(
          site.ledger("append-key", "--sign", "absent", "--signing-key", "key"), "no such file");
      assertRefused(
          site.ledger("append-key", "--sign", "x", "--add", ci, "--signing-key", "key"),
          "excludes");
      assertThat(site.main().lines()).hasSize(1);
      assertThat(site.ledger("append-key", "--add", ci, "--signing-key", "key").exit()).isZero();
      String revoke = site.fingerprint("ci");
      assertThat(site.ledger("append-key", "--revoke", revoke, "--signing-key", "key").exit())
          .isZero();
      assertRefused(
          site.ledger("append-key", "--add", ci, "--signing-key", "key"), "stays revoked");
    }
  }

  @Test
  void refusesToBuildOnABrokenLedger() {
    try (LedgerSite site = signed()) {
      site.key("ci", 8);
      site.repository()
          .commit("Tamper", Map.of("datalake/ledger.jsonl", site.main().replace("lake", "sea")));
      Invocation refused =
          site.ledger("append-key", "--add", site.publicKey("ci"), "--signing-key", "key");
      assertThat(refused.exit()).as(refused.err()).isEqualTo(4);
    }
  }

  /** Points of small order, in all of their encodings, canonical or not (RFC 8032, section 5.1). */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff"
      })
  void refusesKeysOfSmallOrder(String point) {
    byte[] blob =
        java.util.HexFormat.of().parseHex("0000000b7373682d65643235353139" + "00000020" + point);
    String line = "ssh-ed25519 " + java.util.Base64.getEncoder().encodeToString(blob);
    try (LedgerSite site = signed()) {
      assertRefused(
          site.ledger("append-key", "--add", line, "--signing-key", "key"), "small order");
    }
  }

  @Test
  void takesTheKeysOfABareFile() {
    String file = GOLDEN.resolve("ledger-full.jsonl").toAbsolutePath().toString();
    Invocation keys = Invocation.of(directory, Map.of(), "ledger", "keys", "--ledger", file);

    assertThat(keys.exit()).as(keys.err()).isZero();
    assertThat(keys.out()).contains("root ", "active", "revoked by ");
    Invocation none =
        Invocation.of(
            directory,
            Map.of(),
            "ledger",
            "keys",
            "--ledger",
            GOLDEN.resolve("unsigned.jsonl").toAbsolutePath().toString());
    assertThat(none.exit()).isZero();
    assertThat(none.out()).isEmpty();
    assertThat(none.err()).contains("no keys");
  }

  @Test
  void printsAnAllowedSignersFileThatSshKeygenAndGitTake() throws Exception {
    assumeTrue(RealGit.isPresent(), "git verifies the commit");
    try (LedgerSite site = signed()) {
      Invocation signers = site.ledger("keys", "--allowed-signers");
      assertThat(signers.exit()).as(signers.err()).isZero();
      site.write("allowed", signers.out());
      String line = site.main().lines().findFirst().orElseThrow();
      dev.optr.base.JsonObject entry = Invocation.document(line);
      Path body = site.write("body", dev.optr.base.CanonicalJson.text(entry.object("body")));
      dev.optr.ledger.SshSignature signature =
          dev.optr.ledger.Ed25519Signer.of(dev.optr.base.Secret.of(site.read("key")))
              .sign(Files.readAllBytes(body), dev.optr.ledger.SshSignature.ENTRY);
      assertThat(line)
          .contains(java.util.Base64.getEncoder().encodeToString(signature.raw().toArray()));
      site.write("body.sig", signature.armoured());

      assertThat(sshKeygen(body, site.fingerprint("key"), "optr-ledger-entry@v1")).isZero();
      assertThat(sshKeygen(body, site.fingerprint("key"), "file")).isNotZero();
      String verified =
          RealGit.in(site.home().resolve("lake"))
              .text(
                  "-c",
                  "gpg.ssh.allowedSignersFile=" + site.home().resolve("allowed"),
                  "log",
                  "-1",
                  "--format=%G? %GS");
      assertThat(verified.strip()).isEqualTo("G " + site.fingerprint("key"));
    }
  }

  private int sshKeygen(Path body, String principal, String namespace)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of("ssh-keygen", "-Y", "verify", "-f", "allowed", "-I", principal, "-n"));
    command.addAll(List.of(namespace, "-s", "body.sig"));
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectInput(body.toFile())
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(said).isNotEmpty();
      return process.waitFor();
    } catch (IOException absent) {
      assumeTrue(false, "there is no ssh-keygen here");
      throw absent;
    }
  }

  private LedgerSite signed() {
    LedgerSite site = LedgerSite.make(directory);
    site.key("key", 7);
    assertThat(site.ledger("init", "--signing-key", "key").exit()).isZero();
    return site;
  }

  private static void assertRefused(Invocation refused, String... words) {
    assertThat(refused.exit()).as(refused.out() + refused.err()).isEqualTo(2);
    assertThat(refused.err()).contains(words);
    assertThat(refused.err().lines()).as("one sentence").hasSize(1);
  }
}
