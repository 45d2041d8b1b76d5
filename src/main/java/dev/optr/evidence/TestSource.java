package dev.optr.evidence;

import dev.optr.process.OutputTail;
import dev.optr.process.Program;
import dev.optr.process.ProgramResult;
import dev.optr.process.ProgramRunner;
import dev.optr.workflow.Invariant;
import java.nio.file.Path;

/** Where a command says what its tests did: in reports, or in what it prints. */
sealed interface TestSource {
  /** Runs the command so that its tests can be read afterwards. */
  ProgramResult run(ProgramRunner programs, Program program, OutputTail tail)
      throws InterruptedException;

  /** After the command has exited and what it left running was ended. */
  TestReading read();

  /**
   * @param directory where the command is about to run
   */
  static TestSource of(Invariant invariant, Path directory) {
    String pattern = invariant.junit();
    if (pattern != null) {
      return new Reports(JUnitReports.before(pattern, directory));
    }
    return invariant.must() == Invariant.Must.NOT_WORSEN
        ? new StandardOutput(new PrintedTests())
        : new AllOutput(new PrintedTests());
  }

  record Reports(JUnitReports reports) implements TestSource {
    @Override
    public ProgramResult run(ProgramRunner programs, Program program, OutputTail tail)
        throws InterruptedException {
      return programs.runMerged(program, tail);
    }

    @Override
    public TestReading read() {
      return reports.written();
    }
  }

  /**
   * Tests decide, so no half line of standard error may get between them; the price is that the
   * tail has both streams in the order in which they arrived.
   */
  record StandardOutput(PrintedTests tests) implements TestSource {
    @Override
    public ProgramResult run(ProgramRunner programs, Program program, OutputTail tail)
        throws InterruptedException {
      return programs.run(program, tests.beside(tail), tail);
    }

    @Override
    public TestReading read() {
      return tests.reading();
    }
  }

  /** Both streams as one. */
  record AllOutput(PrintedTests tests) implements TestSource {
    @Override
    public ProgramResult run(ProgramRunner programs, Program program, OutputTail tail)
        throws InterruptedException {
      return programs.runMerged(program, tests.beside(tail));
    }

    @Override
    public TestReading read() {
      return tests.reading();
    }
  }
}
