package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import dev.optr.testing.ManyCommands;
import dev.optr.testing.ProgramProcess;
import dev.optr.testing.Tampering;
import dev.optr.testing.TamperingPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every row of the table against {@code optr verify} in another process, which knows the genesis
 * and, where the row says so, more.
 */
final class TamperingTableIT {
  @TempDir Path directory = Path.of("");

  @Test
  void everyTamperingIsSaidAsTheTableSays() throws IOException {
    List<Tampering> rows = rows();
    List<ProgramProcess.Result> results =
        ManyCommands.run(directory, Map.of(), rows.stream().map(Tampering::command).toList());

    assertThat(results).hasSameSizeAs(rows);
    List<Tampering> wrong = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Tampering found = rows.get(i).found(results.get(i));
      if (!rows.get(i).isBorneOutBy(found)) {
        wrong.add(found);
      }
    }
    assertThat(wrong).as("what came out otherwise than it should").isEmpty();
    assertThat(rows).hasSizeGreaterThan(50);
    TamperingPage.check("Ledger files", rows);
  }

  @Test
  void theJarAndItsLauncherSayTheSame() throws IOException, InterruptedException {
    for (Tampering row : rows()) {
      if (row.done().equals("the last line") || row.done().equals("nothing")) {
        String[] command = row.command().toArray(String[]::new);
        ProgramProcess.Result jar = ProgramProcess.run(directory, Map.of(), command);
        assertThat(row.isBorneOutBy(row.found(jar))).as("%s: %s", row, jar.log()).isTrue();
        ProgramProcess.Result launched = launch(row.command());
        assertThat(row.isBorneOutBy(row.found(launched)))
            .as("%s: %s", row, launched.log())
            .isTrue();
      }
    }
  }

  /** {@code ./optr}, which builds nothing where the jar is newer than its sources. */
  private ProgramProcess.Result launch(List<String> arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(Path.of("optr").toAbsolutePath().toString()));
    command.addAll(arguments);
    Path out = directory.resolve("launched.out");
    Path err = directory.resolve("launched.err");
    Process process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    int exit = process.waitFor();
    return new ProgramProcess.Result(exit, Files.readString(out), Files.readString(err));
  }

  private List<Tampering> rows() throws IOException {
    List<TamperingTable.Case> cases = TamperingTable.cases();
    Forge golden = Forge.golden("ledger-full.jsonl");
    List<Tampering> rows = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      TamperingTable.Case one = cases.get(i);
      List<String> arguments = new ArrayList<>(List.of("--genesis", Golden.GENESIS));
      for (int file = 0; file < one.files().size(); file++) {
        Bytes bytes = one.files().get(file);
        Path path = directory.resolve("case-" + i + "-" + file + ".jsonl");
        Files.write(path, bytes.toArray());
        arguments.addAll(List.of("--ledger", path.toString()));
      }
      arguments.addAll(
          switch (one.memory()) {
            case NONE -> List.of();
            case HEAD -> List.of("--head", golden.id(golden.size() - 1));
            case SIZE -> List.of("--size", String.valueOf(golden.size()));
          });
      rows.add(new Tampering(one.kind(), one.done(), arguments, one.exit(), one.codes()));
    }
    return rows;
  }
}
