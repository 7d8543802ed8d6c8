package io.podcapture.pcap.filter;

/** What a program does apart from asking one question. */
sealed interface Action permits Assignment, HeaderChain {}
