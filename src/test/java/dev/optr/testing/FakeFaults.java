package dev.optr.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the pretended GitHub is told to do wrong, once each or from then on. */
final class FakeFaults {
  private record Script(String method, String path, FakeReply reply) {
    boolean matches(FakeGitHub.Request request) {
      return request.method().matches(method) && request.path().matches(path);
    }
  }

  private record Delay(String method, String path, Duration duration) {
    boolean matches(FakeGitHub.Request request) {
      return method.equals(request.method()) && request.path().matches(path);
    }
  }

  private final List<Script> scripts = new ArrayList<>();
  private final List<Script> lasting = new ArrayList<>();
  private final List<Delay> delays = new ArrayList<>();

  synchronized void answerOnce(String method, String pathPattern, FakeReply reply) {
    scripts.add(new Script(method, pathPattern, reply));
  }

  synchronized void always(String methods, String pathPattern, FakeReply reply) {
    lasting.add(new Script(methods, pathPattern, reply));
  }

  synchronized void delayOnce(String method, String pathPattern, Duration delay) {
    delays.add(new Delay(method, pathPattern, delay));
  }

  synchronized void clear() {
    scripts.clear();
    lasting.clear();
    delays.clear();
  }

  synchronized Optional<FakeReply> answer(FakeGitHub.Request request) {
    Optional<Script> found = scripts.stream().filter(script -> script.matches(request)).findFirst();
    found.ifPresent(scripts::remove);
    return found
        .or(() -> lasting.stream().filter(script -> script.matches(request)).findFirst())
        .map(Script::reply);
  }

  synchronized Duration delay(FakeGitHub.Request request) {
    Optional<Delay> found = delays.stream().filter(delay -> delay.matches(request)).findFirst();
    found.ifPresent(delays::remove);
    return found.map(Delay::duration).orElse(Duration.ZERO);
  }
}
