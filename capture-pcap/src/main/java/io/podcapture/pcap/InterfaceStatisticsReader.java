package io.podcapture.pcap;

import java.util.function.LongConsumer;

/**
 * Reads an Interface Statistics Block.
 *
 * <pre>
 * 0 type 5   4 length   8 interface   12 time high   16 time low   20 options
 * </pre>
 *
 * <p>Source: draft-ietf-opsawg-pcapng, "Interface Statistics Block".
 */
final class InterfaceStatisticsReader {
    static final int LEAST_LENGTH = 24;

    private InterfaceStatisticsReader() {}

    /** Of each count the first; what has not its length, or is no count of 63 bits, is unknown. Comments are left. */
    static InterfaceStatistics read(PcapngBlock block, TimestampUnit unit) {
        InterfaceStatistics.Builder to = InterfaceStatistics.builder();
        OptionReader options =
                new OptionReader().over(block.buffer, block.position + 20, block.position + block.length - 4);
        int seen = 0;
        while (options.next()) {
            int code = options.code();
            boolean taken = code >= PcapngCodes.ISB_STARTTIME && code <= PcapngCodes.ISB_USRDELIV;
            if (taken && options.length() == Long.BYTES && (seen & 1 << code) == 0) {
                seen |= 1 << code;
                take(block, options, unit, to);
            }
        }
        return to.build();
    }

    private static void take(
            PcapngBlock block, OptionReader option, TimestampUnit unit, InterfaceStatistics.Builder to) {
        long value = block.buffer.getLong(option.value());
        switch (option.code()) {
            case PcapngCodes.ISB_STARTTIME -> to.startTime(TimestampUnit.instant(unit.nanos(ticks(block, option))));
            case PcapngCodes.ISB_ENDTIME -> to.endTime(TimestampUnit.instant(unit.nanos(ticks(block, option))));
            case PcapngCodes.ISB_IFRECV -> count(value, to::received);
            case PcapngCodes.ISB_IFDROP -> count(value, to::droppedByInterface);
            case PcapngCodes.ISB_FILTERACCEPT -> count(value, to::acceptedByFilter);
            case PcapngCodes.ISB_OSDROP -> count(value, to::droppedByKernel);
            default -> count(value, to::delivered);
        }
    }

    /** Times are two words, the high one first in either byte order. */
    private static long ticks(PcapngBlock block, OptionReader option) {
        return (long) block.buffer.getInt(option.value()) << 32
                | block.buffer.getInt(option.value() + 4) & 0xffff_ffffL;
    }

    private static void count(long value, LongConsumer to) {
        if (value >= 0) {
            to.accept(value);
        }
    }
}
