package io.podcapture.pcap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;

/**
 * Reads an Interface Description Block.
 *
 * <pre>
 * 0 type 1   4 length   8 link type   10 reserved   12 snaplen   16 options
 * </pre>
 *
 * <p>Source: draft-ietf-opsawg-pcapng, "Interface Description Block".
 */
final class InterfaceDescriptionReader {
    private InterfaceDescriptionReader() {}

    /**
     * The block is whole, from the input's position on, and at least 20 octets long. Without it the packets of its
     * interface are lost, so who passes over damage takes what is before an option that is too long.
     */
    static InterfaceDescription read(CaptureInput input, int blockLength, RecordReader reader)
            throws PcapFormatException {
        Properties properties = new Properties(new LinkType(input.u16(8)), input.buffer(), reader);
        properties.to.snaplen(input.u32(12));
        ByteBuffer buffer = input.buffer();
        OptionReader options =
                new OptionReader().over(buffer, input.position() + 16, input.position() + blockLength - 4);
        while (options.next()) {
            properties.take(options);
        }
        if (options.overrun() && reader.careful) {
            reader.damagedPlaces++;
        } else if (options.overrun()) {
            String seen = "option " + options.code() + " has length " + options.length() + ", beyond the block's end";
            throw PcapFormatException.bad(
                    "pcapng",
                    "Interface Description Block",
                    input.offset(),
                    seen,
                    options.length(),
                    input.position() + blockLength - 4 - options.value());
        }
        if (input.order() == ByteOrder.LITTLE_ENDIAN && !options.overrun() && !properties.dropped) {
            byte[] verbatim = new byte[blockLength - 20];
            buffer.get(input.position() + 16, verbatim);
            properties.to.verbatimOptions(verbatim);
        }
        return properties.to.build();
    }

    /** Of an option that may come once, the first counts. Those that only a file needs to know are carried unread. */
    private static final class Properties {
        final InterfaceDescriptionBuilder to;
        boolean dropped;
        private final ByteBuffer buffer;
        private final RecordReader reader;
        private long seen;

        Properties(LinkType linkType, ByteBuffer buffer, RecordReader reader) {
            to = InterfaceDescription.builder(linkType);
            this.buffer = buffer;
            this.reader = reader;
        }

        void take(OptionReader option) {
            int code = option.code();
            if (repeats(code) || first(code)) {
                takeOne(code, option);
            }
        }

        private void takeOne(int code, OptionReader option) {
            switch (code) {
                case PcapngCodes.IF_NAME -> to.name(option.text(0));
                case PcapngCodes.IF_DESCRIPTION -> to.description(option.text(0));
                case PcapngCodes.IF_OS -> to.os(option.text(0));
                case PcapngCodes.IF_HARDWARE -> to.hardware(option.text(0));
                case PcapngCodes.IF_FILTER -> {
                    // The first octet tells the kind: 0 is a string, 1 a compiled program.
                    if (option.length() > 0 && buffer.get(option.value()) == 0) {
                        to.filter(option.text(1));
                    } else {
                        carry(option);
                    }
                }
                case PcapngCodes.IF_TSRESOL -> {
                    if (option.length() > 0) {
                        to.timestampResolution(buffer.get(option.value()) & 0xff);
                    }
                }
                case PcapngCodes.IF_TSOFFSET -> {
                    if (option.length() >= 8) {
                        to.timestampOffsetSeconds(buffer.getLong(option.value()));
                    }
                }
                default -> carry(option);
            }
        }

        private void carry(OptionReader option) {
            Optional<RawOption> carried = InterfaceOption.carried(option, buffer.order());
            if (carried.isPresent()) {
                to.other(carried.get());
            } else {
                dropped = true;
                reader.uncopiedOptions++;
            }
        }

        private static boolean repeats(int code) {
            return code == PcapngCodes.COMMENT
                    || code == PcapngCodes.IF_IPV4ADDR
                    || code == PcapngCodes.IF_IPV6ADDR
                    || code >= Long.SIZE;
        }

        private boolean first(int code) {
            boolean first = (seen & 1L << code) == 0;
            seen |= 1L << code;
            return first;
        }
    }
}
