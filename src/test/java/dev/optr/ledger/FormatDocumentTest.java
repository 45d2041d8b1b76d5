package dev.optr.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/ledger-format.md says is so. */
final class FormatDocumentTest {
  private static final Pattern SHELL = Pattern.compile("```bash\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder = Path.of("");

  @Test
  void namesEveryCode() throws IOException {
    assertThat(document()).contains(Arrays.stream(Code.values()).map(Code::name).toList());
  }

  @Test
  void everyCodeHasASentence() {
    assertThat(Code.values()).allSatisfy(code -> assertThat(code.sentence()).contains(" "));
    assertThat(Code.values()).allMatch(code -> code.name().matches("[EW]_[A-Z_]+"));
  }

  @Test
  void itsShellLinesRecomputeAnIdAndCheckASignature() throws IOException, InterruptedException {
    List.of("bash", "jq", "sha256sum", "ssh-keygen").forEach(FormatDocumentTest::assumeProgram);
    String script =
        SHELL
            .matcher(document())
            .results()
            .map((MatchResult block) -> block.group(1))
            .collect(Collectors.joining("\n"));
    Files.createDirectories(folder.resolve("datalake"));
    Files.write(folder.resolve(Container.MAIN), Golden.file("ledger-full.jsonl").toArray());
    Files.writeString(folder.resolve("script"), "set -e\n" + script);
    Process bash =
        new ProcessBuilder("bash", "script")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    List<String> output = new String(bash.getInputStream().readAllBytes(), UTF_8).lines().toList();

    String id = Forge.golden("ledger-full.jsonl").id(1);
    assertThat(bash.waitFor()).as("%s", output).isZero();
    assertThat(output).hasSize(3);
    assertThat(output.get(0)).startsWith(id);
    assertThat(output.get(1)).isEqualTo(id);
    assertThat(output.get(2)).startsWith("Good \"optr-ledger-entry@v1\" signature");
  }

  private static String document() throws IOException {
    return Files.readString(Path.of("docs", "ledger-format.md"));
  }

  private static void assumeProgram(String name) {
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(":"))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, name))),
        "no " + name + " on this machine");
  }
}
