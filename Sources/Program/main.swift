print("wayfold")
