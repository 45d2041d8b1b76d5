package dev.optr.app;

import dev.optr.base.JsonException;
import dev.optr.base.JsonReader;
import dev.optr.base.PrettyJson;
import dev.optr.base.UserException;
import dev.optr.git.GitRepository;
import dev.optr.ledger.Entry;
import dev.optr.ledger.LedgerVerifier;
import dev.optr.ledger.VerifyOptions;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code optr ledger show}: one entry, by its id or the beginning of it. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Prints one entry of the ledger at HEAD as JSON.")
final class LedgerShowCommand implements Callable<Integer> {
  private final Host host;

  @Mixin private final RepositoryDirectory repository = new RepositoryDirectory();

  @Parameters(paramLabel = "ID", description = "the id of the entry, or how it begins")
  private String id = "";

  LedgerShowCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() throws JsonException {
    try (GitRepository git = repository.open(host)) {
      Entry entry = only(entries(git));
      host.out().print(PrettyJson.text(JsonReader.readObject(entry.line().toArray())));
      host.out().flush();
    }
    return ExitCode.OK.code();
  }

  private List<Entry> entries(GitRepository git) {
    return git.resolve("HEAD")
        .map(head -> RunLedger.at(git, head))
        .map(containers -> new LedgerVerifier().verify(containers, VerifyOptions.standard()))
        .map(ledger -> ledger.entries().stream().filter(it -> it.id().startsWith(id)).toList())
        .orElse(List.of());
  }

  private Entry only(List<Entry> found) {
    if (found.size() == 1) {
      return found.getFirst();
    }
    throw new UserException(
        found.isEmpty()
            ? "the ledger at HEAD has no intact entry '%s'".formatted(id)
            : "%d entries begin with '%s'; write more of the id".formatted(found.size(), id));
  }
}
