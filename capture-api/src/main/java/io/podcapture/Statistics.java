package io.podcapture;

import java.util.OptionalLong;

/** The counts of one capture. */
record Statistics(
        long packets,
        long octets,
        OptionalLong captured,
        OptionalLong received,
        OptionalLong droppedByKernel,
        OptionalLong droppedByInterface,
        long kernelBuffer)
        implements CaptureStatistics {}
