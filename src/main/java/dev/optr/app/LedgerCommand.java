package dev.optr.app;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code optr ledger}: what people do with a ledger besides reading it. */
@Command(
    name = "ledger",
    mixinStandardHelpOptions = true,
    description = "Works on a ledger: see the commands below.")
final class LedgerCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  private LedgerCommand() {}

  static CommandLine with(Host host) {
    CommandLine ledger = new CommandLine(new LedgerCommand());
    ledger.addSubcommand(new LedgerInitCommand(host));
    ledger.addSubcommand(new LedgerAppendKeyCommand(host));
    ledger.addSubcommand(new LedgerKeysCommand(host));
    ledger.addSubcommand(new LedgerRestoreCommand(host));
    ledger.addSubcommand(new LedgerMergeCommand(host));
    ledger.addSubcommand(new LedgerFoldCommand(host));
    ledger.addSubcommand(new LedgerShowCommand(host));
    ledger.addSubcommand(new LedgerProveCommand(host));
    ledger.addSubcommand(new LedgerCheckProofCommand(host));
    ledger.addSubcommand(new LedgerExportCommand(host));
    return ledger;
  }

  @Override
  public Integer call() {
    CommandLine ledger = Objects.requireNonNull(spec).commandLine();
    throw new ParameterException(ledger, "missing command; see 'optr ledger --help'");
  }
}
