package dev.optr.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.JsonObject;
import dev.optr.testing.Schemas;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs with {@code compliance: [in-toto]}. */
final class ComplianceRunTest {
  private static final String DOCUMENT = "datalake/workflows/wish/decision.intoto.json";
  // RFC 8032, section 7.1, test 1, as PKCS#8.
  private static final String KEY =
      """
      -----BEGIN PRIVATE KEY-----
      MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
      -----END PRIVATE KEY-----
      """;

  @TempDir Path directory;

  @Test
  void writesAnEnvelopeThatTheEntryVouchesFor() {
    try (LocalSite site = attested(directory).variable("OPTR_SIGNING_KEY", KEY)) {
      String frozen = site.repository().head();

      Invocation run = site.run("--json");

      assertThat(run.exit()).as(run.err()).isZero();
      String text = site.read(DOCUMENT);
      Schemas.assertValid("dsse-envelope", text);
      JsonObject envelope = Invocation.document(text);
      String payload =
          new String(Base64.getDecoder().decode(Invocation.text(envelope, "payload")), UTF_8);
      Schemas.assertValid("decision-statement", payload);
      JsonObject predicate = Invocation.document(payload).object("predicate");
      assertThat(predicate.members()).doesNotContainKeys("ledger", "timeVerified", "run");
      assertThat(predicate.object("frozenCommit").object("digest").text("gitCommit"))
          .isEqualTo(frozen);
      assertThat(predicate.object("decision").text("selected")).isEqualTo("anna");
      assertThat(Invocation.objects(predicate, "whyNot").getFirst().text("agent"))
          .isEqualTo("cleo");
      assertThat(outputs(site)).contains(DOCUMENT);
      Invocation verified = site.verify("--allow-tofu");
      assertThat(verified.exit()).as(verified.out()).isZero();
    }
  }

  @Test
  void writesTheBareStatementWithoutAKey() {
    try (LocalSite site = attested(directory)) {
      assertThat(site.run().exit()).isZero();

      Schemas.assertValid("decision-statement", site.read(DOCUMENT));
      assertThat(site.read(DOCUMENT)).startsWith("{\n  \"_type\": ").endsWith("\n}\n");
      assertThat(outputs(site)).contains(DOCUMENT);
      assertThat(site.verify().exit()).isZero();
    }
  }

  @Test
  void writesTheSameBytesWhereTheSameRunIsRepeated() {
    String first = document(directory.resolve("one"));
    String second = document(directory.resolve("two"));

    assertThat(second).isEqualTo(first);
  }

  @Test
  void readsTheDecisionBackWithoutAskingAgain() {
    try (LocalSite site = attested(directory).variable("OPTR_SIGNING_KEY", KEY)) {
      assertThat(site.run("--json").exit()).isZero();

      Invocation again = site.run("--json");

      assertThat(again.exit()).as(again.err()).isZero();
      assertThat(again.err()).doesNotContain(": asked");
    }
  }

  @Test
  void writesNoneWhereNobodyAskedForOne() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      assertThat(site.run().exit()).isZero();

      assertThat(site.has(DOCUMENT)).isFalse();
    }
  }

  @Test
  void writesOneAlsoWhereNoEntryIsRecorded() {
    try (LocalSite site = attested(directory).settings("ledger: disabled")) {
      assertThat(site.run().exit()).isZero();

      Schemas.assertValid("decision-statement", site.read(DOCUMENT));
    }
  }

  private static String document(Path home) {
    try (LocalSite site = attested(home).variable("OPTR_SIGNING_KEY", KEY)) {
      assertThat(site.run().exit()).isZero();
      return site.read(DOCUMENT);
    }
  }

  private static List<String> outputs(LocalSite site) {
    String line = site.read("datalake/ledger.jsonl").lines().skip(1).findFirst().orElseThrow();
    return Invocation.objects(Invocation.document(line).object("body"), "outputs").stream()
        .map(output -> Invocation.text(output, "path"))
        .toList();
  }

  private static LocalSite attested(Path home) {
    return LocalSite.withTwoGoodAgents(home)
        .agent("cleo", Recordings.rewrite(".github/workflows/ci.yml", "on: push\n"))
        .settings("compliance: [in-toto]");
  }
}
