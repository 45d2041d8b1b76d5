package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.JsonObject;
import dev.optr.testing.PlayedTimestampAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs whose workflow file names a time stamp authority, and what {@code optr verify} says. */
final class TimestampedRunTest {
  private static final String LEDGER = "datalake/ledger.jsonl";

  @TempDir Path directory;

  private final PlayedTimestampAuthority authority =
      PlayedTimestampAuthority.at(Instant.parse("2026-05-01T12:00:03Z"));

  @BeforeEach
  void writeTheCertificate() throws IOException {
    Files.writeString(directory.resolve("ca.pem"), authority.issuerPem());
  }

  @AfterEach
  void stop() {
    authority.close();
  }

  @Test
  void carriesATokenThatVerifyCounts() {
    try (LocalSite site = signed()) {
      Invocation run = site.run("--json");
      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.err()).doesNotContain("time stamp");
      String entry = Invocation.text(run.document(), "ledgerEntry");

      JsonObject known = timestamps(site.verify("--allow-tofu", "--json", "--tsa-ca", "ca.pem"));
      assertThat(known.integer("good")).isEqualTo(1);
      assertThat(known.text("newest")).isEqualTo("2026-05-01T12:00:03Z");
      assertThat(known.text("entry")).isEqualTo(entry);
      assertThat(known.text("authorities")).isEqualTo("checked");
      JsonObject unknown = timestamps(site.verify("--allow-tofu", "--json"));
      assertThat(unknown.integer("good")).isEqualTo(1);
      assertThat(unknown.text("authorities")).isEqualTo("not_checked");
      assertThat(site.verify("--allow-tofu").out())
          .contains("1 time stamp good: entry " + entry + " was there at 2026-05-01T12:00:03Z")
          .contains("--tsa-ca");
    }
  }

  @Test
  void doesNotCountTheTokenOfAnAuthorityThatTheAuditorDoesNotKnow() throws IOException {
    try (LocalSite site = signed();
        PlayedTimestampAuthority other = PlayedTimestampAuthority.at(Instant.EPOCH)) {
      Files.writeString(directory.resolve("other.pem"), other.issuerPem());
      assertThat(site.run().exit()).isZero();

      Invocation verified = site.verify("--allow-tofu", "--json", "--tsa-ca", "other.pem");

      assertThat(verified.exit()).as(verified.out()).isZero();
      assertThat(timestamps(verified).integer("good")).isZero();
      assertThat(timestamps(verified).integer("unknown")).isEqualTo(1);
      assertThat(site.verify("--allow-tofu", "--tsa-ca", "other.pem").out())
          .contains("1 by an authority that --tsa-ca does not name");
    }
  }

  @Test
  void decidesAllTheSameWhereTheAuthorityIsDown() {
    authority.close();
    try (LocalSite site = signed()) {
      Invocation run = site.run();

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.err()).contains("is written without a time stamp: no answer from '127.0.0.1'");
      Invocation verified = site.verify("--allow-tofu", "--json");
      assertThat(verified.exit()).isZero();
      assertThat(verified.document().get("timestamps")).isNull();
    }
  }

  @Test
  void saysThatUnsignedEntriesCarryNone() {
    try (LocalSite site = site()) {
      Invocation run = site.run();

      assertThat(run.exit()).as(run.err()).isZero();
      assertThat(run.err()).contains("'ledger.timestamp' is set, but the ledger is not signed");
      assertThat(authority.requests()).isEmpty();
    }
  }

  @Test
  void findsATokenThatWasMovedToAnotherEntry() {
    try (LocalSite site = signed()) {
      assertThat(site.run().exit()).isZero();
      assertThat(site.run("--intent", "Another wish", "--again").exit()).isZero();
      String[] lines = site.read(LEDGER).split("\n", -1);
      lines[2] = lines[2].replace(token(lines[2]), token(lines[1]));
      site.repository().write("moved.jsonl", String.join("\n", lines));

      Invocation verified =
          Invocation.of(
              directory,
              Map.of(),
              "verify",
              "--ledger",
              "repository/moved.jsonl",
              "--allow-tofu",
              "--json");

      assertThat(verified.exit()).as(verified.out()).isEqualTo(4);
      assertThat(verified.out()).contains("E_SIG", "the token is over something else");
      assertThat(verified.document().object("timestamps").integer("good")).isEqualTo(1);
    }
  }

  @Test
  void refusesAFileThatHoldsNoCertificate() {
    try (LocalSite site = signed()) {
      assertThat(site.run().exit()).isZero();
      for (String file : new String[] {"absent.pem", "outside/optr.yaml"}) {
        Invocation refused = site.verify("--tsa-ca", file);
        assertThat(refused.exit()).isEqualTo(2);
        assertThat(refused.err()).contains("--tsa-ca: " + file);
      }
    }
  }

  private static String token(String line) {
    return line.replaceAll(".*\"token\":\"([^\"]+)\".*", "$1");
  }

  private static JsonObject timestamps(Invocation verified) {
    assertThat(verified.exit()).as(verified.out() + verified.err()).isZero();
    return verified.document().object("timestamps");
  }

  private LocalSite site() {
    return LocalSite.withTwoGoodAgents(directory)
        .settings("ledger: {timestamp: '" + authority.url() + "'}");
  }

  private LocalSite signed() {
    try {
      byte[] pkcs8 =
          KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded();
      return site()
          .variable(
              "OPTR_SIGNING_KEY",
              "-----BEGIN PRIVATE KEY-----\n"
                  + Base64.getEncoder().encodeToString(pkcs8)
                  + "\n-----END PRIVATE KEY-----\n");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
