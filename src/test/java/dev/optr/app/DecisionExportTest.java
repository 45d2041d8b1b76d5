package dev.optr.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.optr.base.Bytes;
import dev.optr.ledger.Body;
import dev.optr.ledger.Decision;
import dev.optr.ledger.Entry;
import dev.optr.ledger.RepositoryId;
import dev.optr.ledger.Tool;
import dev.optr.ledger.WorkflowRun;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** That an export of a long ledger holds one entry at a time. */
final class DecisionExportTest {
  private static final int ENTRIES = 10_000;

  private final AtomicInteger read = new AtomicInteger();
  private final AtomicInteger written = new AtomicInteger();

  @Test
  void writesEveryDecisionBeforeItReadsTheNext() {
    DecisionExport export = new DecisionExport(Optional.empty(), DecisionExport.Context::none);

    int exported = export.write(this::ledger, _ -> true, _ -> assertInStep());

    assertThat(exported).isEqualTo(ENTRIES);
    assertThat(written).hasValue(ENTRIES);
  }

  @Test
  void writesEveryRowBeforeItReadsTheNextEntry() {
    DecisionExport.table(
        this::ledger,
        row -> {
          if (!row.startsWith("entry,")) {
            assertInStep();
          }
        });

    assertThat(written).hasValue(ENTRIES);
  }

  private void assertInStep() {
    assertThat(written.incrementAndGet()).isEqualTo(read.get());
  }

  /** A ledger whose entries are made one by one. */
  private Iterator<Entry> ledger() {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return read.get() < ENTRIES;
      }

      @Override
      public Entry next() {
        if (!hasNext()) {
          throw new NoSuchElementException();
        }
        return entry(read.incrementAndGet());
      }
    };
  }

  private static Entry entry(int number) {
    String id = "%064x".formatted(number);
    Body.Common common =
        new Body.Common(number, List.of(), RepositoryId.local("x"), id, Instant.EPOCH);
    Decision decision =
        new Decision(id, List.of(), "none_admissible", id, null, "select_optr", null);
    WorkflowRun run = new WorkflowRun(number, 1, "local", "local", "ada");
    Body body =
        new Body.Run(common, decision, List.of(), List.of(), null, run, new Tool("optr", "1"));
    return new Entry(id, body, List.of(), Bytes.utf8(""), Bytes.utf8(""), "ledger.jsonl", number);
  }
}
