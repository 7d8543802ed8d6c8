package io.podcapture.pcap;

/** Block types and option codes of pcapng. Source: draft-ietf-opsawg-pcapng, "Block Definition". */
final class PcapngCodes {
    static final int SECTION_HEADER = 0x0a0d0d0a;
    static final int INTERFACE_DESCRIPTION = 1;
    static final int PACKET = 2;
    static final int SIMPLE_PACKET = 3;
    static final int NAME_RESOLUTION = 4;
    static final int INTERFACE_STATISTICS = 5;
    static final int ENHANCED_PACKET = 6;
    static final int SYSTEMD_JOURNAL = 9;
    static final int DECRYPTION_SECRETS = 10;
    static final int CUSTOM = 0xbad;
    static final int CUSTOM_NOT_COPIED = 0x40000bad;

    static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;

    static final int COMMENT = 1;

    static final int SHB_HARDWARE = 2;
    static final int SHB_OS = 3;
    static final int SHB_USERAPPL = 4;

    static final int IF_NAME = 2;
    static final int IF_DESCRIPTION = 3;
    static final int IF_IPV4ADDR = 4;
    static final int IF_IPV6ADDR = 5;
    static final int IF_MACADDR = 6;
    static final int IF_EUIADDR = 7;
    static final int IF_SPEED = 8;
    static final int IF_TSRESOL = 9;
    static final int IF_TZONE = 10;
    static final int IF_FILTER = 11;
    static final int IF_OS = 12;
    static final int IF_FCSLEN = 13;
    static final int IF_TSOFFSET = 14;
    static final int IF_HARDWARE = 15;
    static final int IF_TXSPEED = 16;
    static final int IF_RXSPEED = 17;
    static final int IF_IANA_TZNAME = 18;

    static final int CUSTOM_TEXT = 2988;
    static final int CUSTOM_OCTETS = 2989;
    static final int CUSTOM_TEXT_NOT_COPIED = 19372;
    static final int CUSTOM_OCTETS_NOT_COPIED = 19373;

    static final int NRB_END = 0;
    static final int NRB_IPV4 = 1;
    static final int NRB_IPV6 = 2;

    static final int ISB_STARTTIME = 2;
    static final int ISB_ENDTIME = 3;
    static final int ISB_IFRECV = 4;
    static final int ISB_IFDROP = 5;
    static final int ISB_FILTERACCEPT = 6;
    static final int ISB_OSDROP = 7;
    static final int ISB_USRDELIV = 8;

    private PcapngCodes() {}

    /** Whether an option may be copied into a changed file. */
    static boolean copied(int option) {
        return option != CUSTOM_TEXT_NOT_COPIED && option != CUSTOM_OCTETS_NOT_COPIED;
    }

    static String blockName(int type) {
        return switch (type) {
            case SECTION_HEADER -> "Section Header Block";
            case INTERFACE_DESCRIPTION -> "Interface Description Block";
            case PACKET -> "Packet Block";
            case SIMPLE_PACKET -> "Simple Packet Block";
            case NAME_RESOLUTION -> "Name Resolution Block";
            case INTERFACE_STATISTICS -> "Interface Statistics Block";
            case ENHANCED_PACKET -> "Enhanced Packet Block";
            case SYSTEMD_JOURNAL -> "systemd Journal Export Block";
            case DECRYPTION_SECRETS -> "Decryption Secrets Block";
            case CUSTOM, CUSTOM_NOT_COPIED -> "Custom Block";
            default -> "block of type 0x" + Integer.toHexString(type);
        };
    }
}
