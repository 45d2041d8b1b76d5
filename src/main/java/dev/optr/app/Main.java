package dev.optr.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.optr.actions.InertStream;
import dev.optr.base.Checkpoint;
import dev.optr.base.PrettyJson;
import dev.optr.base.ServiceException;
import dev.optr.base.UserException;
import dev.optr.git.AbsentObjectException;
import dev.optr.github.ReadOnlyTokenException;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Arguments in, exit code out. Holds the one ladder that turns kinds of fault into exit codes. */
@Command(
    name = "optr",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Gives four AI agents one frozen intent, decides by evidence, records the decision.")
public final class Main {
  private final Host host;

  public Main(Host host) {
    this.host = host;
  }

  public static void main(String[] arguments) {
    allowBasicInTunnels();
    Host host =
        new Host(
            System.getenv(),
            new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8),
            errors(arguments),
            Clock.systemUTC(),
            Path.of("").toAbsolutePath(),
            Checkpoint.NONE,
            isTerminal(),
            System.in);
    Interruption interruption = Interruption.watch();
    int exit = new Main(host).run(arguments);
    interruption.runEnded();
    System.exit(exit);
  }

  /** The runner looks for commands of its own in everything that a step prints. */
  private static PrintStream errors(String... arguments) {
    PrintStream plain = new PrintStream(new FileOutputStream(FileDescriptor.err), true, UTF_8);
    if (arguments.length == 0 || !arguments[0].equals("action")) {
      return plain;
    }
    PrintStream inert = InertStream.around(plain);
    // For what a library prints there.
    System.setErr(inert);
    return inert;
  }

  private static boolean isTerminal() {
    String kind = System.getenv().getOrDefault("TERM", "dumb");
    boolean watched = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    return watched && !kind.equals("dumb");
  }

  /**
   * The JDK refuses to send a proxy user and password before a tunnel for https, unless this says
   * otherwise. Its two clients read it once, for the whole process, and have no setting of their
   * own. Who writes user and password into HTTPS_PROXY wants them sent; who starts Java with the
   * property set has decided otherwise.
   */
  private static void allowBasicInTunnels() {
    String property = "jdk.http.auth.tunneling.disabledSchemes";
    if (System.getProperty(property) == null) {
      System.setProperty(property, "");
    }
  }

  /** Runs one command. Never throws for anything that has an exit code. */
  public int run(String... arguments) {
    CommandLine commands = new CommandLine(this);
    subcommands(arguments).forEach(commands::addSubcommand);
    commands.setOut(new PrintWriter(host.out(), true, UTF_8));
    commands.setErr(new PrintWriter(host.err(), true, UTF_8));
    commands.setExecutionExceptionHandler((fault, command, _) -> end(fault, command).code());
    if (arguments.length == 0) {
      commands.usage(host.err());
      return ExitCode.USER_MUST_ACT.code();
    }
    try {
      return commands.execute(arguments);
    } catch (Error fault) {
      // To its handler, picocli passes exceptions alone.
      return end(fault, commands.getParseResult().asCommandLineList().getLast()).code();
    }
  }

  /** The one that is asked for, where there is one: to describe all of them takes a while. */
  private List<Object> subcommands(String... arguments) {
    Map<String, Supplier<Object>> all = subcommands();
    return (arguments.length > 0 && all.containsKey(arguments[0])
            ? Stream.of(all.get(arguments[0]))
            : all.values().stream())
        .<Object>map(Supplier::get)
        .toList();
  }

  /** By the names that they give themselves, in the order in which they are listed. */
  private Map<String, Supplier<Object>> subcommands() {
    Map<String, Supplier<Object>> all = new LinkedHashMap<>();
    all.put("run", () -> new RunCommand(host));
    all.put("demo", () -> new DemoCommand(host));
    all.put("plan", () -> new PlanCommand(host));
    all.put("propose", () -> new ProposeCommand(host));
    all.put("gather", () -> new GatherCommand(host));
    all.put("select", () -> new SelectCommand(host));
    all.put("execute", () -> new ExecuteCommand(host));
    all.put("verify", () -> new VerifyCommand(host));
    all.put("replay", () -> new ReplayCommand(host));
    all.put("lint", () -> new LintCommand(host));
    all.put("apply", () -> new ApplyCommand(host));
    all.put("ledger", () -> LedgerCommand.with(host));
    all.put("action", () -> new ActionCommand(host));
    return all;
  }

  private ExitCode end(Throwable fault, CommandLine command) {
    ExitCode exit = kind(fault);
    if (exit == ExitCode.BUG) {
      fault.printStackTrace(host.err());
    }
    if (command.getCommand() instanceof ActionCommand action) {
      action.failed(messages(fault));
      return exit;
    }
    messages(fault).forEach(message -> host.err().println("optr: " + message));
    if (command.getCommand() instanceof JsonCommand json) {
      json.undecided("failed", exit)
          .ifPresent(document -> host.out().print(PrettyJson.text(document)));
    }
    return exit;
  }

  /** What went wrong, and what went wrong when the run was ended because of it. */
  private static List<String> messages(Throwable fault) {
    Stream<String> ending =
        Arrays.stream(fault.getSuppressed())
            .filter(ServiceException.class::isInstance)
            .map(service -> String.valueOf(service.getMessage()));
    return Stream.concat(cause(fault).stream(), ending).toList();
  }

  private static List<String> cause(Throwable fault) {
    return switch (fault) {
      case UserException user -> user.messages();
      case ServiceException service -> List.of(String.valueOf(service.getMessage()));
      case ReadOnlyTokenException token ->
          List.of(
              token.getMessage()
                  + "; give the job what 'permissions' in the README's workflow gives it");
      case LedgerBrokenException broken -> broken.messages();
      case AbsentObjectException absent -> List.of(absent.getMessage() + "; fetch all of it");
      case InterruptedException _ -> List.of("interrupted");
      default ->
          List.of(
              "a bug of ours (%s); please report it with the lines of the log"
                  .formatted(fault.getClass().getSimpleName()));
    };
  }

  static ExitCode kind(Throwable fault) {
    return switch (fault) {
      case UserException _, ReadOnlyTokenException _ -> ExitCode.USER_MUST_ACT;
      case ServiceException _ -> ExitCode.SERVICE_FAILED;
      case LedgerBrokenException _ -> ExitCode.TAMPERED;
      case AbsentObjectException _ -> ExitCode.UNDECIDED;
      case InterruptedException _ -> ExitCode.INTERRUPTED;
      default -> ExitCode.BUG;
    };
  }
}
