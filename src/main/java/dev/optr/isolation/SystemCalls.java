package dev.optr.isolation;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * Raw Linux system calls. They act on the calling thread alone, where the C library's wrappers
 * would act on every thread of the process (setresuid and its like), which is what makes a
 * throw-away thread possible.
 */
final class SystemCalls {
  private static final StructLayout STATE = Linker.Option.captureStateLayout();
  private static final VarHandle ERRNO =
      STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
  private static final int MOST_ARGUMENTS = 6;

  private final MethodHandle syscall;
  private final Processor processor;

  private SystemCalls(MethodHandle syscall, Processor processor) {
    this.syscall = syscall;
    this.processor = processor;
  }

  /**
   * @throws UnsupportedOperationException where this is no Linux on a processor that is known
   */
  static SystemCalls open() {
    Processor processor = Processor.current();
    SystemCalls calls = new SystemCalls(handle(), processor);
    // What is told of a failure is loaded here: a confined thread could not load it any more.
    RefusedException sample =
        new RefusedException("close", (int) -calls.call(SystemCall.CLOSE, -1));
    if (calls.call(SystemCall.GETPID) <= 0 || !String.valueOf(sample.getMessage()).endsWith(" 9")) {
      throw new UnsupportedOperationException("system calls do not answer as Linux does");
    }
    return calls;
  }

  // Every address that is passed comes from this package, with the size that the kernel reads.
  @SuppressWarnings("restricted")
  private static MethodHandle handle() {
    Linker linker = Linker.nativeLinker();
    MemorySegment address =
        linker
            .defaultLookup()
            .find("syscall")
            .orElseThrow(() -> new UnsupportedOperationException("the C library has no syscall"));
    return linker.downcallHandle(
        address,
        FunctionDescriptor.of(
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_LONG),
        Linker.Option.captureCallState("errno"),
        Linker.Option.firstVariadicArg(1));
  }

  Processor processor() {
    return processor;
  }

  /** Gives the result, or the error's number as a negative one. */
  long call(SystemCall name, long... arguments) {
    long[] all = new long[MOST_ARGUMENTS];
    System.arraycopy(arguments, 0, all, 0, arguments.length);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment state = arena.allocate(STATE);
      long result =
          (long)
              syscall.invokeExact(
                  state, name.number(processor), all[0], all[1], all[2], all[3], all[4], all[5]);
      return result == -1 ? -(long) (int) ERRNO.get(state, 0L) : result;
    } catch (Error | RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException("a system call throws nothing", e);
    }
  }

  /** Gives the result, or throws where it is an error. */
  long check(String what, long result) {
    if (result < 0) {
      throw new RefusedException(what, (int) -result);
    }
    return result;
  }

  /** As {@link #check}, of one call. */
  long checked(SystemCall name, long... arguments) {
    return check(name.text(), call(name, arguments));
  }
}
