package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class LedgerCsvTest {
  private static final int COLUMNS = 25;

  @Test
  void hasOneRowOfAllColumnsForEveryEntryOfTheGoldenLedger() {
    List<Entry> entries =
        LedgerLines.read(Golden.ledger("ledger-full.jsonl"), new Findings()).entries();
    List<String> header = onlyRow(LedgerCsv.header());
    assertThat(header).hasSize(COLUMNS).doesNotHaveDuplicates();
    for (Entry entry : entries) {
      List<String> row = onlyRow(LedgerCsv.row(entry));
      assertThat(row).hasSize(COLUMNS);
      assertThat(row.getFirst()).isEqualTo(entry.id());
      assertThat(row.get(header.indexOf("height")))
          .isEqualTo(String.valueOf(entry.body().common().height()));
      assertThat(row.get(header.indexOf("line"))).isEqualTo(String.valueOf(entry.lineNumber()));
    }
    assertThat(entries)
        .extracting(entry -> onlyRow(LedgerCsv.row(entry)).get(header.indexOf("type")))
        .contains("genesis", "run", "key", "execution", "outcome");
  }

  @Test
  void documentsItsColumnsInTheirOrder() throws IOException {
    String page = Files.readString(Path.of("docs", "in-toto.md"));
    List<String> documented =
        page.lines()
            .dropWhile(line -> !line.startsWith("## The table"))
            .filter(line -> line.startsWith("| `"))
            .flatMap(line -> line.substring(0, line.indexOf('|', 1)).lines())
            .flatMap(cell -> List.of(cell.replaceAll("[|` ]", "").split(",")).stream())
            .toList();

    assertThat(documented).isEqualTo(onlyRow(LedgerCsv.header()));
  }

  @Test
  void keepsSpreadsheetsFromReadingFormulas() {
    for (String evil : List.of("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1")) {
      assertThat(actor(evil)).isEqualTo("'" + evil);
    }
    assertThat(LedgerCsv.row(by("=HYPERLINK(\"http://x\",\"y\")")))
        .contains(",\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\",");
  }

  @Test
  void leavesOrdinaryTextAlone() {
    for (String text :
        List.of("ada", "a=b", "1-2", "dependabot[bot]", "\u00e4\u6f22", "a, b", "\"")) {
      assertThat(actor(text)).isEqualTo(text);
    }
  }

  @Property
  void anyTextStaysOneCellAndNoFormula(@ForAll String text) {
    String read = actor(text);

    assertThat(read).isIn(text, "'" + text);
    assertThat(read).doesNotMatch("(?s)[=+@\\t\\r\\n-].*");
  }

  private static String actor(String text) {
    return onlyRow(LedgerCsv.row(by(text))).get(onlyRow(LedgerCsv.header()).indexOf("actor"));
  }

  private static Entry by(String actor) {
    Body.Common common =
        new Body.Common(1, List.of(), Samples.GITHUB, "a".repeat(64), Instant.EPOCH);
    Body.Run run =
        new Body.Run(
            common,
            Samples.decision(),
            List.of(),
            List.of(),
            null,
            new WorkflowRun(1, 1, "local", "local", actor),
            new Tool("optr", "1"));
    return new Entry("b".repeat(64), run, List.of(), Bytes.utf8(""), Bytes.utf8(""), "f", 2);
  }

  /** RFC 4180, by the book. */
  private static List<String> onlyRow(String text) {
    List<String> cells = new ArrayList<>();
    int at = 0;
    while (true) {
      StringBuilder cell = new StringBuilder();
      if (text.charAt(at) == '"') {
        for (at++; text.charAt(at) != '"' || text.charAt(at + 1) == '"'; at++) {
          cell.append(text.charAt(at));
          at += text.charAt(at) == '"' ? 1 : 0;
        }
        at++;
      } else {
        for (; text.charAt(at) != ',' && text.charAt(at) != '\r'; at++) {
          cell.append(text.charAt(at));
        }
      }
      cells.add(cell.toString());
      if (text.charAt(at) == '\r') {
        assertThat(text.substring(at)).isEqualTo("\r\n");
        return cells;
      }
      at++;
    }
  }
}
