package dev.optr.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import dev.optr.base.UserException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever the bytes are: a workflow, or findings with their places. */
final class WorkflowFilePropertyTest {
  private static final String PLACE = "(?s)w\\.yaml:[1-9][0-9]*:[1-9][0-9]*: [^\\n]+";

  @Property(tries = 500)
  void takesOrRefusesAnyBytes(@ForAll @Size(max = 400) byte[] bytes) {
    assertTakenOrRefused(bytes);
  }

  @Property(tries = 500)
  void takesOrRefusesAnythingThatLooksLikeYaml(@ForAll("yaml") String text) {
    assertTakenOrRefused(Bytes.utf8(text).toArray());
  }

  @Property(tries = 500)
  void takesOrRefusesADamagedFile(@ForAll @IntRange(max = 3_000) int position, @ForAll byte damage)
      throws IOException {
    byte[] bytes = Files.readAllBytes(Path.of("src/test/resources/workflow/good/long.yaml"));
    bytes[position % bytes.length] = damage;

    assertTakenOrRefused(bytes);
  }

  @Provide
  Arbitrary<String> yaml() {
    return Arbitraries.of(
            "agents",
            "name",
            "type",
            "optr",
            "recorded",
            "- ",
            ": ",
            "\n",
            "  ",
            "[",
            "]",
            "{",
            "}",
            ", ",
            "&a ",
            "*a",
            "!t ",
            "!!int ",
            "? ",
            "| \n",
            "> \n",
            "'",
            "\"",
            "#",
            "%",
            "---\n",
            "...\n",
            "~",
            "<<",
            "1",
            "0x",
            ".inf",
            "\t",
            "\u0085",
            "\uFEFF",
            "\\",
            "é")
        .list()
        .ofMaxSize(40)
        .map(parts -> String.join("", parts));
  }

  private static void assertTakenOrRefused(byte[] bytes) {
    try {
      Workflow workflow = WorkflowFile.parse("w.yaml", Bytes.of(bytes));
      assertThat(workflow.agents()).isNotEmpty();
      assertThat(Supported.check(workflow, "w.yaml")).allMatch(found -> found.matches(PLACE));
    } catch (UserException refused) {
      List<String> messages = refused.messages();
      assertThat(messages).isNotEmpty().allMatch(found -> found.matches(PLACE));
    }
  }
}
