package io.podcapture.testkit.wire;

import java.util.List;

/** What both sides of a connection do. */
record TcpScript(List<Round> rounds, TcpEnd end, boolean refused, boolean timestamps, Purpose purpose) {}
