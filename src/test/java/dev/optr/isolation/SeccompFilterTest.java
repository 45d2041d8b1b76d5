package dev.optr.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.lang.foreign.Arena;
import java.lang.foreign.ValueLayout;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The filter on a thread of this process, which is thrown away. */
final class SeccompFilterTest {
  private static final boolean STRICT = "true".equals(System.getenv("CI"));
  private static final long DENIED = -1;
  private static final long BAD_DESCRIPTOR = -9;
  private static final long NOT_KNOWN = -38;
  private static final long NOTHING = -1;
  private static final int UNIX = 1;
  private static final int CLOSE_ON_EXEC = 02000000;

  private final SystemCalls calls = SystemCalls.open();

  @BeforeEach
  void requireFilters() {
    boolean filters = Mechanisms.find(calls, Path.of("/")).filter();
    if (!STRICT) {
      assumeTrue(filters, "this machine has no seccomp filters");
    }
    assertThat(filters).isTrue();
  }

  @Test
  void deniesWhatReachesIntoOtherProcessesAndTheKernel() {
    for (SystemCall call : SeccompFilter.denied()) {
      if (call.existsOn(calls.processor())) {
        assertThat(filtered(call, NOTHING, 0, 0, 0)).as(call.text()).isEqualTo(DENIED);
      }
    }
  }

  @Test
  void deniesSocketsOfEveryFamilyAndKind() {
    for (int family = 0; family < 46; family++) {
      for (int kind : new int[] {1, 2, 3, 5, 1 | CLOSE_ON_EXEC}) {
        assertThat(filtered(SystemCall.SOCKET, family, kind, 0)).isEqualTo(DENIED);
      }
    }
    assertThat(filtered(SystemCall.CONNECT, NOTHING, 0, 0)).isEqualTo(DENIED);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 5, 1 | CLOSE_ON_EXEC})
  void allowsPairsOfSocketsThatStayConnected(int kind) {
    assertThat(pair(kind)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 2 | CLOSE_ON_EXEC})
  void deniesPairsThatCouldSendElsewhere(int kind) {
    assertThat(pair(kind)).isEqualTo(DENIED);
  }

  @Test
  void deniesEachNewNamespaceAndHidesTheCallWhoseFlagsCannotBeSeen() {
    int[] namespaces = {
      0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000
    };
    IntStream.of(namespaces)
        .forEach(
            flag -> assertThat(filtered(SystemCall.CLONE, flag, 0, 0, 0, 0)).isEqualTo(DENIED));
    assertThat(filtered(SystemCall.CLONE3, 0, 0)).isEqualTo(NOT_KNOWN);
  }

  @Test
  void deniesToConnectWhileSendingAndToTypeIntoATerminal() {
    int fastOpen = 0x20000000;
    assertThat(filtered(SystemCall.SENDTO, NOTHING, 0, 0, fastOpen)).isEqualTo(DENIED);
    assertThat(filtered(SystemCall.SENDMSG, NOTHING, 0, fastOpen)).isEqualTo(DENIED);
    assertThat(filtered(SystemCall.SENDMMSG, NOTHING, 0, 0, fastOpen)).isEqualTo(DENIED);
    assertThat(filtered(SystemCall.SENDTO, NOTHING, 0, 0, 0)).isEqualTo(BAD_DESCRIPTOR);
    assertThat(filtered(SystemCall.IOCTL, NOTHING, 0x5412, 0)).isEqualTo(DENIED);
    assertThat(filtered(SystemCall.IOCTL, NOTHING, 0x541C, 0)).isEqualTo(DENIED);
    assertThat(filtered(SystemCall.IOCTL, NOTHING, 0x5401, 0)).isEqualTo(BAD_DESCRIPTOR);
  }

  @Test
  void jumpsWithinTheProgramAndFitsTheKernel() {
    for (Processor processor : Processor.values()) {
      assertThat(SeccompFilter.withoutNetwork(processor).length / Long.BYTES).isBetween(100, 4096);
      assertThat(SeccompFilter.withBroker(processor).length / Long.BYTES).isBetween(100, 4096);
    }
  }

  private long pair(int kind) {
    try (Arena arena = Arena.ofShared()) {
      return filtered(
          SystemCall.SOCKETPAIR, UNIX, kind, 0, arena.allocate(ValueLayout.JAVA_INT, 2).address());
    }
  }

  private long filtered(SystemCall call, long... arguments) {
    try (ConfinedThread thread = new ConfinedThread()) {
      return thread.call(
          () -> {
            ThreadRights rights = new ThreadRights(calls);
            rights.giveUpNewPrivileges();
            rights.filter(SeccompFilter.withoutNetwork(calls.processor()));
            return calls.call(call, arguments);
          });
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
