# The libraries the program is built on. Also read by the installed package configuration, since the
# modules are static libraries and a consumer links what they link.
find_package(TBB REQUIRED)
find_package(Eigen3 REQUIRED NO_MODULE)
find_package(yaml-cpp REQUIRED)
find_package(fmt REQUIRED)
find_package(CLI11 REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(ZLIB REQUIRED)
find_package(PkgConfig REQUIRED)
# Plain `hdf5` may be an MPI build: ask for the serial one.
pkg_check_modules(HDF5 REQUIRED IMPORTED_TARGET hdf5-serial)
# Dimension scales are in the high-level library, which that package does not name.
if(NOT TARGET HDF5::serial_hl)
  find_library(HDF5_SERIAL_HL NAMES hdf5_hl hdf5_serial_hl HINTS ${HDF5_LIBRARY_DIRS} REQUIRED)
  add_library(HDF5::serial_hl UNKNOWN IMPORTED)
  set_target_properties(HDF5::serial_hl PROPERTIES IMPORTED_LOCATION ${HDF5_SERIAL_HL}
    INTERFACE_LINK_LIBRARIES PkgConfig::HDF5)
endif()
