package dev.optr.isolation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Starts one program after the other, each from a thread that is confined first. */
final class Starter {
  private static final String JAVA_OPTIONS = "JAVA_TOOL_OPTIONS";

  private final SystemCalls calls;
  private final Mechanisms mechanisms;
  private final LongSupplier nanoTime;
  private final ThreadRights rights;
  private final UserIds users = new UserIds();

  Starter(SystemCalls calls, Mechanisms mechanisms, LongSupplier nanoTime) {
    this.calls = calls;
    this.mechanisms = mechanisms;
    this.nanoTime = nanoTime;
    this.rights = new ThreadRights(calls);
  }

  Mechanisms mechanisms() {
    return mechanisms;
  }

  /** To be called on a platform thread. */
  Confined start(ProcessBuilder builder, Confinement confinement) throws IOException {
    return start(builder, confinement, _ -> {});
  }

  /**
   * @param before what is to be done on the confined thread before the start
   */
  Confined start(ProcessBuilder builder, Confinement confinement, Consumer<ConfinedThread> before)
      throws IOException {
    OptionalInt user = mechanisms.takeUser(users);
    ConfinedThread thread = new ConfinedThread();
    Outlet outlet = Outlet.to(confinement.network(), calls, mechanisms);
    Runnable afterwards =
        () -> {
          outlet.close();
          user.ifPresent(users::giveBack);
        };
    try {
      DiskWatch disk = new DiskWatch(confinement.writable(), confinement.limits(), nanoTime);
      prepare(builder, confinement, user);
      outlet.show(builder.environment());
      confine(thread, confinement, user, outlet);
      before.accept(thread);
      Process process = start(thread, builder);
      Confined confined = new Confined(process, thread, calls, mechanisms, user, disk, afterwards);
      confined.volunteerForTheKernel();
      return confined;
    } catch (IOException | RuntimeException e) {
      thread.close();
      afterwards.run();
      throw e;
    }
  }

  private void prepare(ProcessBuilder builder, Confinement confinement, OptionalInt user)
      throws IOException {
    rights.hideThisProcess();
    if (user.isPresent()) {
      for (Path directory : confinement.writable()) {
        Ownership.requireEntry(directory);
        Ownership.give(directory, user.getAsInt());
      }
      for (Path directory : confinement.readable()) {
        Ownership.requireEntry(directory);
      }
    }
    int running = UserIds.running(user.orElseGet(this::ownUser));
    builder.command(
        Wrapper.around(builder.command(), confinement.limits(), OwnLimits.read(calls), running));
    builder
        .environment()
        .merge(JAVA_OPTIONS, javaOptions(confinement), (given, ours) -> given + " " + ours);
  }

  private int ownUser() {
    return (int) calls.checked(SystemCall.GETUID);
  }

  /** A JVM takes both from the system, not from the environment, where they are nobody's. */
  private static String javaOptions(Confinement confinement) {
    return "-Duser.home=" + confinement.home() + " -Djava.io.tmpdir=" + confinement.temporary();
  }

  private void confine(
      ConfinedThread thread, Confinement confinement, OptionalInt user, Outlet outlet) {
    try (Rules rules = Rules.of(calls, mechanisms, confinement)) {
      thread.run(() -> giveUpRights(rules.landlock(), user, outlet));
    }
    outlet.open();
  }

  private void giveUpRights(@Nullable Landlock landlock, OptionalInt user, Outlet outlet) {
    if (mechanisms.boundingSet()) {
      rights.dropBoundingSet();
    }
    rights.giveUpNewPrivileges();
    if (landlock != null) {
      landlock.restrictThisThread();
    }
    user.ifPresent(rights::becomeUser);
    rights.dropCapabilities();
    if (mechanisms.filter()) {
      outlet.filter(rights);
    }
  }

  private static Process start(ConfinedThread thread, ProcessBuilder builder) throws IOException {
    try {
      return thread.call(builder::start);
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
