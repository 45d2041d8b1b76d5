package dev.optr.isolation;

import java.util.List;

final class HostileAsRootTest extends HostileSuite {
  @Override
  List<String> asUser() {
    return List.of();
  }

  @Override
  int user() {
    return 0;
  }
}
