package dev.optr.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.base.Disk;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import dev.optr.git.GitRepository;
import dev.optr.ledger.Container;
import dev.optr.ledger.Entry;
import dev.optr.ledger.LedgerVerifier;
import dev.optr.ledger.Verification;
import dev.optr.ledger.VerifyOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code optr ledger export}: decisions as in-toto attestations, or the ledger as a table. Nothing
 * is exported of a ledger that is not intact.
 */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = "Writes decisions as in-toto attestations, or all entries as CSV.")
final class LedgerExportCommand implements Callable<Integer> {
  private static final int MOST_SHOWN = 20;

  private final Host host;

  @ArgGroup(multiplicity = "1")
  private Form form = new Form();

  @Mixin private final RepositoryDirectory repository = new RepositoryDirectory();

  @Option(
      names = "--ledger",
      paramLabel = "FILE",
      description = "a bare ledger file instead of a repository; repeatable")
  private List<Path> ledgers = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "write files there; default: one document per line on standard output")
  private @Nullable Path out;

  @Mixin private final GenesisOption genesis = new GenesisOption();

  @Option(names = "--allow-tofu", description = "take the genesis of a signed ledger on trust")
  private boolean allowTofu;

  @Parameters(paramLabel = "ID", description = "ids of decisions, or how they begin; default: all")
  private List<String> ids = List.of();

  /** One of them. */
  static final class Form {
    @Option(
        names = "--in-toto",
        required = true,
        description = "an in-toto statement per decision, in a DSSE envelope where a key is given")
    private boolean inToto;

    @Option(names = "--csv", required = true, description = "a table of all entries")
    private boolean csv;
  }

  LedgerExportCommand(Host host) {
    this.host = host;
  }

  @Override
  public Integer call() {
    if (repository.isGiven() && !ledgers.isEmpty()) {
      throw new UserException("--repo and --ledger exclude each other; write one of them");
    }
    if (form.csv && !ids.isEmpty()) {
      throw new UserException("--csv writes every entry; leave out the ids");
    }
    return ledgers.isEmpty() ? ofRepository() : ofFiles();
  }

  private int ofFiles() {
    List<Container> containers = new ArrayList<>();
    for (Path file : ledgers) {
      containers.add(
          new Container(file.toString(), VerifyCommand.content(host.directory().resolve(file))));
    }
    Verification verification = new LedgerVerifier().verify(containers, options());
    return export(verification, DecisionExport.Context::none);
  }

  private int ofRepository() {
    try (GitRepository git = repository.open(host)) {
      Verification verification = VerifyCommand.verify(git, options());
      String head = git.resolve("HEAD").orElseThrow();
      String known = String.valueOf(verification.genesis());
      return export(verification, new DecisionContext(git, head, known)::of);
    }
  }

  private int export(Verification verification, Function<Entry, DecisionExport.Context> context) {
    ExitCode exit = VerifyReport.exit(verification);
    if (exit != ExitCode.OK) {
      Stream.concat(verification.findings().stream(), verification.warnings().stream())
          .limit(MOST_SHOWN)
          .map(VerifyReport::sentence)
          .forEach(host.err()::println);
      host.err().println("optr: nothing was exported; 'optr verify' says more");
      return exit.code();
    }
    if (form.inToto) {
      decisions(verification, context);
    } else {
      table(verification);
    }
    return ExitCode.OK.code();
  }

  private void table(Verification verification) {
    if (out == null) {
      DecisionExport.table(verification.entries(), host.out()::print);
      host.out().flush();
    } else {
      save(verification, host.directory().resolve(out));
    }
  }

  /** Row by row, beside its place first: a table that is cut short takes nobody's place. */
  private static void save(Verification verification, Path directory) {
    Path table = directory.resolve("ledger.csv");
    Path fresh = directory.resolve(".ledger.csv.tmp");
    try {
      Files.createDirectories(directory);
      try (PrintWriter rows = new PrintWriter(Files.newBufferedWriter(fresh))) {
        DecisionExport.table(verification.entries(), rows::print);
        if (rows.checkError()) {
          throw new IOException("it could not be written whole");
        }
      }
      Files.move(fresh, table, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw ServiceException.lasting("could not write " + table + ": " + e.getMessage(), e);
    }
  }

  private void decisions(
      Verification verification, Function<Entry, DecisionExport.Context> context) {
    DecisionExport export =
        new DecisionExport(
            LocalLedger.signer(Credentials.ofVariables(host.environment())), context);
    if (!export.signs()) {
      host.err()
          .println(
              "optr: no signing key is given (OPTR_SIGNING_KEY): these are bare statements, which"
                  + " nobody vouches for, and no envelopes");
    }
    List<String> wanted = wanted(verification);
    int written =
        export.write(
            verification.entries(),
            entry -> ids.isEmpty() || wanted.contains(entry.id()),
            out == null ? this::print : this::save);
    host.err().println("optr: %d decisions exported%s".formatted(written, export.signedBy()));
  }

  private void print(DecisionExport.Exported exported) {
    host.out().println(exported.line());
  }

  private void save(DecisionExport.Exported exported) {
    write(
        (out == null ? Path.of("") : out).resolve(exported.entry() + ".intoto.json"),
        exported.text());
  }

  private void write(Path file, String text) {
    new Disk(host.checkpoint()).write(host.directory().resolve(file), text.getBytes(UTF_8));
  }

  /** Ids of the decisions that were named. */
  private List<String> wanted(Verification verification) {
    List<String> wanted = new ArrayList<>();
    for (String beginning : ids) {
      List<String> found =
          verification.entries().stream()
              .filter(DecisionExport::isDecision)
              .map(Entry::id)
              .filter(id -> id.startsWith(beginning))
              .limit(2)
              .toList();
      if (found.size() != 1) {
        throw new UserException(
            found.isEmpty()
                ? "the ledger has no decision '%s'".formatted(beginning)
                : "several decisions begin with '%s'; write more of the id".formatted(beginning));
      }
      wanted.add(found.getFirst());
    }
    return wanted;
  }

  private VerifyOptions options() {
    VerifyOptions options =
        VerifyOptions.standard().withPinnedGenesis(genesis.pinned(host).orElse(null));
    return allowTofu ? options.allowingTofu() : options;
  }
}
