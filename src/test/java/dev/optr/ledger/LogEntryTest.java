package dev.optr.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class LogEntryTest {
  private static final String ID = "e".repeat(64);
  private static final String ROOT = "f".repeat(64);
  private static final String ANCHOR = "a".repeat(40);
  private static final LogEntry ENTRY = new LogEntry(3, new LoggedAnchor(ID, ANCHOR, 7, 12, ROOT));

  @Test
  void isWrittenInOneForm() {
    assertThat(ENTRY.text())
        .isEqualTo(
            """
            optr anchor log

            number: 3
            entry: %s
            anchor: %s
            pr: 7
            size: 12   root: %s
            """
                .formatted(ID, ANCHOR, ROOT));
  }

  @Test
  void isReadAsItWasWritten() {
    LogEntry local = new LogEntry(1, new LoggedAnchor(ID, "b".repeat(64), null, 2, ROOT));

    assertThat(LogEntry.parse(ENTRY.text())).contains(ENTRY);
    assertThat(local.text()).contains("\npr: -\n");
    assertThat(LogEntry.parse(local.text())).contains(local);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "number: 3 -> number: 03",
        "number: 3 -> number: 0",
        "number: 3 -> number: -3",
        "number: 3 -> number: 99999999999999999999",
        "number: 3 -> number: \u0663",
        "pr: 7 -> pr: 0",
        "pr: 7 -> pr: ",
        "pr: 7 -> pr: 7 ",
        "size: 12   root -> size: 12 root",
        "size: 12 -> size: 4294967297",
        "anchor: a -> anchor: A",
        "anchor: a -> anchor: aa",
        "optr anchor log -> optr anchor  log",
        "entry: -> Entry:",
        "ee\nanchor -> ee\r\nanchor"
      })
  void isReadInNoOtherForm(String change) {
    String[] parts = change.split(" -> ", 2);
    String other = ENTRY.text().replaceFirst(parts[0], parts[1]);

    assertThat(other).isNotEqualTo(ENTRY.text());
    assertThat(LogEntry.parse(other)).isEmpty();
  }

  @Test
  void isReadOnlyWhole() {
    String text = ENTRY.text();

    assertThat(LogEntry.parse(text + "\n")).isEmpty();
    assertThat(LogEntry.parse(text.strip())).isEmpty();
    assertThat(LogEntry.parse(text + text)).isEmpty();
    assertThat(LogEntry.parse("\n" + text)).isEmpty();
    assertThat(LogEntry.parse("")).isEmpty();
  }
}
