package dev.optr.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.optr.base.Bytes;
import dev.optr.base.JsonObject;
import dev.optr.base.Secret;
import dev.optr.git.GitRepository;
import dev.optr.ledger.Ed25519Signer;
import dev.optr.ledger.SshSignature;
import dev.optr.testing.RealGit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Anchors of signed ledgers, judged by {@code optr verify} and by git itself. */
final class SignedAnchorTest {
  private static final String LEDGER = "datalake/ledger.jsonl";

  @TempDir private Path directory;

  private String key = "";

  @BeforeEach
  void makeAKey() throws Exception {
    assumeTrue(RealGit.isPresent(), "git judges with us");
    key = newKey();
  }

  @Test
  void gitItselfAcceptsAnAnchorByTheKeysOfTheLedger() throws Exception {
    try (LocalSite site = signed()) {
      assertThat(site.run().exit()).isZero();
      JsonObject genesis = Invocation.document(site.read(LEDGER).lines().findFirst().orElseThrow());
      String signer = genesis.object("body").array("signers").getFirst().toString();
      String line = signer.replaceAll(".*value=([^]]+)].*", "$1");
      Path allowed = directory.resolve("allowed_signers");
      Files.writeString(allowed, "run@optr namespaces=\"git\" " + line + "\n");

      RealGit git = RealGit.in(site.repository().directory());
      String config = "gpg.ssh.allowedSignersFile=" + allowed;
      git.text("-c", config, "verify-commit", "HEAD");

      assertThat(git.text("-c", config, "log", "-1", "--format=%G? %GS")).isEqualTo("G run@optr\n");
      assertThat(verify(site).exit()).isZero();
    }
  }

  @Test
  void seesAnAnchorThatAStrangerSigned() throws Exception {
    try (LocalSite site = signed()) {
      assertThat(site.run().exit()).isZero();
      signAnew(site, Ed25519Signer.of(Secret.of(newKey())));

      Invocation verified = verify(site);

      assertThat(verified.exit()).as(verified.out()).isEqualTo(4);
      assertThat(codes(verified, "findings")).containsExactly("E_ANCHOR_SIG");
      JsonObject finding = Invocation.objects(verified.document(), "findings").getFirst();
      assertThat(finding.text("commit")).isEqualTo(site.repository().head());
      assertThat(finding.integer("line")).isEqualTo(2);

      signAnew(site, Ed25519Signer.of(Secret.of(key)));
      assertThat(verify(site).exit()).isZero();
    }
  }

  @Test
  void takesTheStepFromAnUnsignedLedgerToASignedOne() throws Exception {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      assertThat(site.run().exit()).isZero();
      String old = Invocation.text(site.verify("--json").document(), "genesis");
      String archive = "datalake/ledger-" + old.substring(0, 12) + ".jsonl";
      String lines = site.read(LEDGER);
      site.repository().delete("Archive the ledger", LEDGER);
      site.repository().commit("Archive the ledger", Map.of(archive, lines));
      site.variable("OPTR_SIGNING_KEY", key);
      assertThat(site.run("--intent", "Another wish").exit()).isZero();

      Invocation unpinned = site.verify("--json");
      assertThat(unpinned.exit()).as(unpinned.out()).isEqualTo(5);
      assertThat(unpinned.document().text("trust")).isEqualTo("tofu");
      assertThat(unpinned.document().text("genesis")).isNotEqualTo(old);
      assertThat(codes(unpinned, "findings")).isEmpty();
      assertThat(site.verify("--allow-tofu").exit()).isZero();

      site.repository().delete("Forget the old one", archive);
      Invocation forgotten = site.verify("--allow-tofu", "--json");
      assertThat(forgotten.exit()).as(forgotten.out()).isEqualTo(4);
      assertThat(codes(forgotten, "findings")).contains("E_GENESIS");
    }
  }

  @Test
  void saysSoManyFindingsOfAKindAndThenHowManyMore() throws Exception {
    try (LocalSite site = signed()) {
      assertThat(site.run().exit()).isZero();
      site.repository()
          .commit("Spam", Map.of(LEDGER, site.read(LEDGER) + "nonsense \u001b[31m\n".repeat(50)));

      Invocation text = site.verify("--allow-tofu");
      Invocation document = site.verify("--allow-tofu", "--json");

      assertThat(text.out().lines().filter(line -> line.startsWith("E_SYNTAX "))).hasSize(21);
      assertThat(text.out()).contains("E_SYNTAX 30 more like these", "TAMPERED: 50 findings");
      assertThat(text.out()).doesNotContain("\u001b");
      assertThat(codes(document, "findings")).filteredOn("E_SYNTAX"::equals).hasSize(50);
    }
  }

  private LocalSite signed() {
    return LocalSite.withTwoGoodAgents(directory).variable("OPTR_SIGNING_KEY", key);
  }

  private static Invocation verify(LocalSite site) {
    return site.verify("--allow-tofu", "--json");
  }

  /** HEAD's commit with another signature and nothing else changed. */
  private static void signAnew(LocalSite site, Ed25519Signer signer) {
    RealGit git = RealGit.in(site.repository().directory());
    Bytes content;
    try (GitRepository repository = site.repository().repository()) {
      content = repository.commitObject(site.repository().head()).signedContent();
    }
    String signature = signer.sign(content.toArray(), SshSignature.GIT).armoured().strip();
    String text = new String(content.toArray(), ISO_8859_1);
    int end = text.indexOf("\n\n");
    String commit =
        text.substring(0, end) + "\ngpgsig " + signature.replace("\n", "\n ") + text.substring(end);
    byte[] id =
        git.bytesFrom(commit.getBytes(ISO_8859_1), "hash-object", "-t", "commit", "-w", "--stdin");
    git.text("reset", "-q", "--hard", new String(id, ISO_8859_1).strip());
  }

  private static String newKey() throws Exception {
    byte[] pkcs8 =
        KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded();
    return "-----BEGIN PRIVATE KEY-----\n"
        + Base64.getEncoder().encodeToString(pkcs8)
        + "\n-----END PRIVATE KEY-----\n";
  }

  private static List<String> codes(Invocation verified, String list) {
    return Invocation.objects(verified.document(), list).stream()
        .map(finding -> Invocation.text(finding, "code"))
        .toList();
  }
}
