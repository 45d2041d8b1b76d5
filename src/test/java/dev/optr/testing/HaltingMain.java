package dev.optr.testing;

import dev.optr.app.Host;
import dev.optr.app.Main;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The program, killed without warning at its n-th checkpoint ({@code -Doptr.haltAt=n}): no finally,
 * no shutdown hook, as when a machine loses power. Exit code {@value #HALTED} says that it was.
 */
public final class HaltingMain {
  public static final int HALTED = 99;

  private HaltingMain() {}

  public static void main(String[] arguments) {
    int haltAt = Integer.getInteger("optr.haltAt", Integer.MAX_VALUE);
    AtomicInteger passed = new AtomicInteger();
    Host host =
        new Host(
            System.getenv(),
            System.out,
            System.err,
            Clock.systemUTC(),
            Path.of("").toAbsolutePath(),
            what -> {
              int number = passed.incrementAndGet();
              System.err.println("checkpoint " + number + ": " + what);
              if (number == haltAt) {
                Runtime.getRuntime().halt(HALTED);
              }
            });
    System.exit(new Main(host).run(arguments));
  }
}
