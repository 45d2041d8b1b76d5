#!/bin/sh
# Compiles the shop and runs its tests; needs nothing but the JDK in JAVA_HOME.
set -eu
"$JAVA_HOME/bin/javac" -d out src/shop/*.java test/shop/*.java
"$JAVA_HOME/bin/java" -cp out shop.LoginTest
