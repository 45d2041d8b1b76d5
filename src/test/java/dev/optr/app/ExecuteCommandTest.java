package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.JsonObject;
import dev.optr.testing.Schemas;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code optr execute} on repositories of this machine. */
final class ExecuteCommandTest {
  @TempDir Path directory;

  @Test
  void putsTheSelectedTreeUponTheAnchorAndLeavesALedgerThatIsIntact() {
    try (LocalSite site = LocalSite.withTwoGoodAgents(directory)) {
      JsonObject run = site.run("--json").document();
      String anchor = site.repository().head();

      Invocation executed = site.execute("--json");

      assertThat(executed.exit()).as(executed.err() + executed.out()).isZero();
      JsonObject document = executed.document();
      assertThat(document.text("outcome")).isEqualTo("executed");
      assertThat(document.text("agent")).isEqualTo("anna");
      assertThat(document.text("entry")).isEqualTo(run.text("ledgerEntry"));
      assertThat(document.text("head")).isEqualTo(anchor);
      assertThat(document.text("commit")).isEqualTo(site.repository().head());
      assertThat(document.text("tree")).isEqualTo(run.text("tree"));
      assertThat(site.read("a.txt")).isEqualTo("two\n");
      assertThat(site.repository().uncommitted()).isEmpty();
      assertThat(site.verify("--json").exit()).isZero();
      Schemas.assertValid(
          "execution-complete", site.read("datalake/workflows/wish/execution-complete.json"));
    }
  }
}
