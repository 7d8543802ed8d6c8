package io.podcapture.pcap;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Blocks without packet on their way into a little-endian file: names, secrets, statistics, custom blocks, and entries of
 * the systemd journal. Others are not known to be free of numbers that mean something in their own file alone.
 *
 * <pre>
 * Name Resolution:       8 records, each of type and length (16 bits), value, padding; type 0 ends them   then options
 * Decryption Secrets:    8 type   12 length   16 secrets, padding   then options
 * Interface Statistics:  8 interface   12 time high   16 time low   20 options
 * Custom:                8 enterprise number   12 what its owner knows
 * </pre>
 *
 * <p>Source: draft-ietf-opsawg-pcapng, the sections of these blocks, and "Custom Block".
 */
final class BlockCopy {
    private static final int TIMES = 3;

    /** Options that were left out, for they must not be copied or cannot be into another byte order. */
    long droppedOptions;

    /** The block for the output; null if it is not to be copied, or not what it ought to be. */
    @Nullable
    BlockBuilder copy(PcapngBlock block) {
        return switch (block.type) {
            case PcapngCodes.NAME_RESOLUTION -> names(block);
            case PcapngCodes.DECRYPTION_SECRETS -> secrets(block);
            case PcapngCodes.SYSTEMD_JOURNAL ->
                begin(block).octets(block.buffer, block.position + 8, block.length - 12);
            case PcapngCodes.CUSTOM ->
                block.length < 16
                        ? null
                        : begin(block).u32(block.u32(8)).octets(block.buffer, block.position + 12, block.length - 16);
            default -> null;
        };
    }

    /** Statistics, whose interface is another in the output, and whose times may be. */
    @Nullable
    BlockBuilder statistics(PcapngBlock block, int interfaceIndex, TimeShift shift) {
        if (block.length < 24) {
            return null;
        }
        BlockBuilder to = begin(block).u32(interfaceIndex).ticks(shift.ticks(block.u32(12) << 32 | block.u32(16)));
        OptionReader option = new OptionReader().over(block.buffer, block.position + 20, block.end());
        while (option.next()) {
            int code = option.code();
            ByteBuffer from = block.buffer;
            if (code > 1 && code <= TIMES && option.length() == Long.BYTES) {
                long high = from.getInt(option.value()) & 0xffff_ffffL;
                long low = from.getInt(option.value() + 4) & 0xffff_ffffL;
                to.option(code, Long.BYTES).ticks(shift.ticks(high << 32 | low));
            } else if (code > TIMES && code <= PcapngCodes.ISB_USRDELIV && option.length() == Long.BYTES) {
                to.option(code, Long.BYTES).u64(from.getLong(option.value()));
            } else {
                copyOption(to, from, option, code == PcapngCodes.COMMENT);
            }
        }
        return to;
    }

    private @Nullable BlockBuilder names(PcapngBlock block) {
        BlockBuilder to = begin(block);
        int at = block.position + 8;
        while (at + 4 <= block.end()) {
            int type = block.buffer.getShort(at) & 0xffff;
            int length = block.buffer.getShort(at + 2) & 0xffff;
            int padded = length + 3 & ~3;
            if (at + 4 + padded > block.end()) {
                return null;
            }
            to.u16(type).u16(length).octets(block.buffer, at + 4, padded);
            at += 4 + padded;
            if (type == PcapngCodes.NRB_END) {
                break;
            }
        }
        // Of a name, IPv4 and IPv6 address of the server that told; no numbers.
        options(block, at, to, 4);
        return to;
    }

    private @Nullable BlockBuilder secrets(PcapngBlock block) {
        if (block.length < 20 || block.u32(12) > block.length - 20) {
            return null;
        }
        int padded = (int) block.u32(12) + 3 & ~3;
        BlockBuilder to = begin(block).u32(block.u32(8)).u32(block.u32(12));
        to.octets(block.buffer, block.position + 16, padded);
        options(block, block.position + 16 + padded, to, 1);
        return to;
    }

    private void options(PcapngBlock block, int from, BlockBuilder to, int lastWithoutNumbers) {
        OptionReader option = new OptionReader().over(block.buffer, from, block.end());
        while (option.next()) {
            copyOption(to, block.buffer, option, option.code() <= lastWithoutNumbers);
        }
    }

    private void copyOption(BlockBuilder to, ByteBuffer from, OptionReader option, boolean withoutNumbers) {
        Optional<RawOption> copied = withoutNumbers
                ? Optional.of(new RawOption(option.code(), option.octets()))
                : InterfaceOption.custom(option, from.order());
        copied.ifPresentOrElse(raw -> to.option(raw.code(), raw.value()), () -> droppedOptions++);
    }

    private static BlockBuilder begin(PcapngBlock block) {
        return new BlockBuilder(block.type, block.length + 16);
    }
}
