package io.agentcraft.examples.soak;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Counts the open sockets of this process, or what comes closest to that on this platform. */
public enum OpenSockets {
  /** Linux: what {@code /proc/self/fd} shows as sockets. */
  PROC("sockets in /proc/self/fd") {
    @Override
    long count() {
      long sockets = 0;
      try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(FD)) {
        for (Path descriptor : descriptors) {
          sockets += isSocket(descriptor) ? 1 : 0;
        }
      } catch (IOException unreadable) {
        return UNKNOWN;
      }
      return sockets;
    }
  },
  /** Other Unixes: all file descriptors, open files included. */
  DESCRIPTORS("open file descriptors, files included") {
    @Override
    long count() {
      return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
          ? unix.getOpenFileDescriptorCount()
          : UNKNOWN;
    }
  },
  /** Windows: nothing is counted. */
  NONE("not known on this platform") {
    @Override
    long count() {
      return UNKNOWN;
    }
  };

  /** Stands for a count that could not be taken. */
  public static final long UNKNOWN = -1;

  private static final Path FD = Path.of("/proc/self/fd");

  private final String description;

  OpenSockets(String description) {
    this.description = description;
  }

  /** Returns the best way of this platform. */
  static OpenSockets here() {
    if (Files.isDirectory(FD)) {
      return PROC;
    }
    return DESCRIPTORS.count() == UNKNOWN ? NONE : DESCRIPTORS;
  }

  abstract long count();

  /**
   * Returns what is counted.
   *
   * @return some words for the report
   */
  public String description() {
    return description;
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException closedMeanwhile) {
      return false;
    }
  }
}
